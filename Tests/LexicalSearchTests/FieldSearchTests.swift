import DecoyTestSupport
import DurableStorage
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Search over weighted fields equals its naive reference")
struct FieldSearchTests {
    private func expectEqual(_ found: [ScoredDocument], _ expected: [ScoredDocument], _ note: String) {
        #expect(found.map(\.id) == expected.map(\.id), "\(note)")
        #expect(found.map(\.score.bitPattern) == expected.map(\.score.bitPattern), "\(note)")
    }

    /// An index of several segments with deletions, and the documents that are left.
    private func changed(
        seed: UInt64, _ random: inout SeededGenerator, _ weights: [Double]
    ) throws -> (IndexReader, [Document]) {
        let documents = FieldCorpus.documents(seed: seed, count: Int.random(in: 1...60, using: &random))
        let cut = Int.random(in: 0...documents.count, using: &random)
        let directory = try TestIndex.build(Array(documents[..<cut]), options: FieldCorpus.options(weights))
        let writer = try IndexWriter(opening: directory)
        try writer.add(Array(documents[cut...]))
        _ = try writer.commit()
        let gone = Set(documents.filter { _ in Int.random(in: 0..<6, using: &random) == 0 }.map(\.id))
        let cleaner = try IndexWriter(opening: directory)
        try cleaner.delete(gone.sorted())
        _ = try cleaner.commit()
        return (try IndexReader(directory: directory), documents.filter { !gone.contains($0.id) })
    }

    @Test(
        "Ids and score bits are those of the formula, for any weights and variant, with deletions, segments and ties.")
    func random() throws {
        for seed in 1...200 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let own = FieldCorpus.weights(&random)
            let (reader, documents) = try changed(seed: seed, &random, own)
            let reference = try NaiveBM25F(
                documents, fields: FieldCorpus.names, analyzer: .whitespace, text: FieldCorpus.text)
            for round in 0..<4 {
                let weights = round == 0 ? own : FieldCorpus.weights(&random)
                let similarity = BM25(
                    BM25Variant.allCases.randomElement(using: &random) ?? .lucene,
                    k1: [0, 0.9, 1.2, 5].randomElement(using: &random) ?? 1,
                    b: [0, 0.4, 0.75, 1].randomElement(using: &random) ?? 1)
                let searcher = try Searcher(
                    reader: reader, similarity: similarity,
                    fields: round == 0 ? nil : FieldCorpus.fields(weights, leavingOut: round == 1))
                let query = TestIndex.query(&random)
                let k = [1, 3, 1000].randomElement(using: &random) ?? 1
                let expected = reference.search(query, k: k, weights: weights, similarity: similarity)
                expectEqual(
                    try searcher.search(query, k: k), expected,
                    "seed \(seed), '\(query)', k \(k), weights \(weights), \(similarity)")
            }
        }
    }

    @Test("With equal weights an index with fields is a flat one: ids, score bits and statistics.")
    func equalWeights() throws {
        for seed in 1...25 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let documents = FieldCorpus.documents(seed: seed, count: 150)
            let fields = try FieldWeights(parsing: "title, text")
            let options = IndexOptions(analyzer: .whitespace, fields: fields)
            let reader = try IndexReader(
                directory: TestIndex.build(
                    segments: [Array(documents[..<70]), Array(documents[70...])], options: options)
            )
            let flat = try IndexReader(directory: TestIndex.build(documents))
            #expect(
                reader.documentCount == flat.documentCount && reader.totalLength == flat.totalLength, "seed \(seed)")
            let similarity = BM25(BM25Variant.allCases.randomElement(using: &random) ?? .lucene)
            let (one, two) = (
                try Searcher(reader: reader, similarity: similarity), try Searcher(reader: flat, similarity: similarity)
            )
            for _ in 0..<8 {
                let query = TestIndex.query(&random)
                expectEqual(try one.search(query, k: 40), try two.search(query, k: 40), "seed \(seed), '\(query)'")
                let term = "w\(Int.random(in: 0...44, using: &random))"
                #expect(try reader.documentFrequency(of: term) == flat.documentFrequency(of: term), "\(seed), \(term)")
            }
        }
    }

    @Test("A field alone is a flat index of its text, whether it is the only one or the others weigh nothing.")
    func oneField() throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let documents = FieldCorpus.documents(seed: seed, count: 120)
            for name in FieldCorpus.names {
                let flat = try Searcher(
                    reader: IndexReader(
                        directory: TestIndex.build(
                            documents.map { Document(id: $0.id, text: FieldCorpus.text($0, name)) })))
                let only = IndexOptions(analyzer: .whitespace, fields: try FieldWeights(parsing: name))
                let alone = try Searcher(reader: IndexReader(directory: TestIndex.build(documents, options: only)))
                let among = try Searcher(
                    reader: IndexReader(directory: TestIndex.build(documents, options: FieldCorpus.options())),
                    fields: FieldWeights(parsing: name))
                for _ in 0..<5 {
                    let query = TestIndex.query(&random)
                    let expected = try flat.search(query, k: 50)
                    expectEqual(try alone.search(query, k: 50), expected, "seed \(seed), \(name), '\(query)'")
                    expectEqual(try among.search(query, k: 50), expected, "seed \(seed), \(name), '\(query)'")
                }
            }
        }
    }

    @Test("Lists of several blocks and windows of documents give the same ids and score bits.")
    func longLists() throws {
        var text = RandomText(seed: 5, vocabularySize: 30)
        var documents = text.documents(900, words: 1...20)
        // Documents beyond one window, which hold no term of most queries.
        documents += (0..<9000).map { Document(id: "x\($0)", title: $0 % 1000 == 7 ? text.word() : "rare", text: "") }
        let reader = try IndexReader(
            directory: TestIndex.build(
                documents, options: IndexOptions(analyzer: .whitespace, fields: FieldWeights(parsing: "title=3,text"))))
        let reference = try NaiveBM25F(
            documents, fields: ["title", "text"], analyzer: .whitespace, text: FieldCorpus.text)
        let searcher = try Searcher(reader: reader)
        for query in text.queries(4).map(\.text) + ["rare"] {
            for k in [1, 300] {
                expectEqual(
                    try searcher.search(query, k: k),
                    reference.search(query, k: k, weights: [3, 1], similarity: BM25()), "'\(query)', k \(k)")
            }
        }
    }

    @Test("Scores of given documents, explanations, permitted documents and batches agree with the search.")
    func agreement() throws {
        for seed in 1...25 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let weights = FieldCorpus.weights(&random)
            let (reader, documents) = try changed(seed: seed, &random, weights)
            let similarity = BM25(BM25Variant.allCases.randomElement(using: &random) ?? .lucene)
            let searcher = try Searcher(reader: reader, similarity: similarity)
            let queries = (0..<6).map { Query(id: "q\($0)", text: TestIndex.query(&random)) }
            var restricted = searcher
            restricted.permitted = reader.segments.map { segment in
                var set = DocumentSet(documentCount: segment.documentCount)
                for document in 0..<segment.documentCount where document % 2 == 0 { set.insert(document) }
                return set
            }
            let three = try Searcher(reader: reader, similarity: similarity, threads: 3)
            #expect(try three.run(queries, k: 5) == searcher.run(queries, k: 5), "seed \(seed)")
            for query in queries {
                let hits = try searcher.search(query.text, k: 1000)
                let known = hits.reduce(into: [:]) { $0[$1.id] = $1.score }
                let ids = documents.map(\.id) + ["missing"]
                #expect(
                    try searcher.scores(of: ids, for: query) == documents.map { known[$0.id] ?? 0 } + [nil],
                    "seed \(seed), '\(query.text)'")
                let scores = try restricted.scores(of: ids, for: query)
                #expect(
                    try restricted.search(query.text, k: 1000)
                        == hits.filter { hit in ids.firstIndex(of: hit.id).flatMap { scores[$0] } != nil })
                for hit in hits.prefix(5) {
                    let explanation = try #require(try searcher.explain(query.text, document: hit.id))
                    let sum = explanation.parts.reduce(0.0) { $0 + $1.contribution }
                    #expect(explanation.score == hit.score && Double(Float(sum)) == hit.score, "seed \(seed)")
                    for part in explanation.parts {
                        let fields = try #require(part.fields)
                        #expect(fields.map(\.weight) == weights.filter { $0 > 0 })
                        #expect(fields.reduce(0) { $0 + $1.frequency } == part.frequency)
                        #expect((part.weightedFrequency ?? 0 > 0) == (part.frequency > 0))
                    }
                }
            }
        }
    }

    @Test("Weights for an index without fields, unknown fields and foreign statistics are refused.")
    func refusals() throws {
        let flat = try IndexReader(directory: TestIndex.build([Document(id: "a", text: "x")]))
        let weights = try FieldWeights(parsing: "title=2,other")
        #expect(throws: FieldError.noFields(index: flat.path)) { try Searcher(reader: flat, fields: weights) }
        let reader = try IndexReader(directory: TestIndex.build([], options: FieldCorpus.options()))
        #expect(throws: FieldError.unknown(field: "other", index: reader.path, known: FieldCorpus.names)) {
            try Searcher(reader: reader, fields: weights)
        }
        #expect(throws: FieldError.self) { try Searcher(reader: reader, statistics: flat) }
        #expect(try Searcher(reader: reader).search("x", k: 3) == [])
    }
}
