import Foundation
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Scores equal Lucene's")
struct LuceneGoldenTests {
    /// One line of `Fixtures/lucene/expected.tsv`.
    private struct Hit {
        var id: String
        var score: Double
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/lucene")
        .path

    private static func documents() throws -> [Document] {
        var documents: [Document] = []
        try CorpusReader.read(folder + "/corpus.jsonl") { documents += $0 }
        return documents
    }

    /// Lucene's hits by query, in its order, at one setting.
    private static func expected(k1: Double, b: Double) throws -> [String: [Hit]] {
        var hits: [String: [Hit]] = [:]
        let text = try String(contentsOfFile: folder + "/expected.tsv", encoding: .utf8)
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let cells = line.split(separator: "\t")
            try #require(cells.count == 6, "\(line)")
            if Double(cells[0]) != k1 || Double(cells[1]) != b { continue }
            hits[String(cells[2]), default: []].append(
                Hit(id: String(cells[4]), score: try #require(Double(cells[5]), "\(line)")))
        }
        return hits
    }

    @Test(
        "Every hit of every query has Lucene's score to 1e-5 and Lucene's place, ties apart.",
        arguments: [BM25(k1: 1.2, b: 0.75), BM25(k1: 0.9, b: 0.4)], [1, 3])
    func golden(similarity: BM25, segments: Int) throws {
        let documents = try Self.documents()
        let size = (documents.count + segments - 1) / segments
        let parts = stride(from: 0, to: documents.count, by: size).map {
            Array(documents[$0..<min($0 + size, documents.count)])
        }
        let directory = try TestIndex.build(segments: parts, options: IndexOptions(analyzer: .english))
        let searcher = try Searcher(reader: IndexReader(directory: directory), similarity: similarity)
        let expected = try Self.expected(k1: similarity.k1, b: similarity.b)
        let queries = try QueryReader.read(Self.folder + "/queries.jsonl")
        #expect(expected.values.reduce(0) { $0 + $1.count } > 400)
        for query in queries {
            let found = try searcher.search(query.text, k: documents.count)
            let wanted = expected[query.id] ?? []
            try #require(found.count == wanted.count, "\(query)")
            for (place, hit) in wanted.enumerated() {
                #expect(abs(found[place].score - hit.score) <= 1e-5, "\(query), rank \(place + 1)")
            }
            for place in found.indices.dropFirst() {
                #expect(found[place - 1].precedes(found[place]), "\(query), rank \(place + 1)")
            }
            for tie in Self.ties(wanted) {
                #expect(
                    Set(found[tie].map(\.id)) == Set(wanted[tie].map(\.id)),
                    "\(query), ranks from \(tie.lowerBound + 1)")
            }
        }
    }

    @Test(
        "lucene-1byte gives the very bits of Lucene's scores to documents of a length that a byte holds.",
        arguments: [(1.2, 0.75), (0.9, 0.4)])
    func bits(k1: Double, b: Double) throws {
        let directory = try TestIndex.build(try Self.documents(), options: IndexOptions(analyzer: .english))
        let searcher = try Searcher(
            reader: IndexReader(directory: directory), similarity: BM25(.luceneOneByte, k1: k1, b: b))
        let expected = try Self.expected(k1: k1, b: b)
        var lengths: [String: Int] = [:]
        let segment = try #require(searcher.reader.segments.first)
        for document in 0..<segment.documentCount {
            lengths[try segment.ids.id(of: document)] = try segment.contents.lengths.values.value(document)
        }
        var compared = 0
        for query in try QueryReader.read(Self.folder + "/queries.jsonl") {
            var wanted: [String: Float] = [:]
            for hit in expected[query.id] ?? [] { wanted[hit.id] = Float(hit.score) }
            for hit in try searcher.search(query.text, k: 1000) {
                // The fixture was made with exact lengths.
                let length = try #require(lengths[hit.id])
                if LossyLength.stored(length) != length { continue }
                #expect(Float(hit.score) == wanted[hit.id], "\(query.id), \(hit.id)")
                compared += 1
            }
        }
        #expect(compared == 264)
    }

    @Test("The fixture holds what it is for: ties, repeated query terms, and documents and queries without a term.")
    func fixture() throws {
        let hits = try Self.expected(k1: 1.2, b: 0.75)
        #expect(Self.ties(hits["ties"] ?? []).contains { $0.count >= 5 })
        #expect(hits["stop-words-only"] == nil && hits["empty"] == nil && hits["unknown"] == nil)
        let once = try #require(hits["two-terms"]?.map(\.score).max())
        let thrice = try #require(hits["repeated"]?.map(\.score).max())
        #expect(thrice > once + 1)
        let found = Set(hits.values.joined().map(\.id))
        let missing = try Self.documents().map(\.id).filter { !found.contains($0) }
        #expect(Set(missing).isSuperset(of: ["empty-1", "empty-2", "stop-words", "punctuation"]))
    }

    /// The places of equal scores, one range for each score.
    private static func ties(_ hits: [Hit]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for place in hits.indices where place + 1 == hits.count || hits[place + 1].score != hits[start].score {
            ranges.append(start..<place + 1)
            start = place + 1
        }
        return ranges
    }
}
