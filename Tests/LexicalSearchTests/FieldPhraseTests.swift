import DecoyTestSupport
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Phrases in fields")
struct FieldPhraseTests {
    private static let names = ["title", "text"]

    private func text(_ document: Document, _ field: String) -> String {
        field == "title" ? document.title : document.text
    }

    @Test("A phrase must stand in one of the fields that weigh something; scores are those of BM25F.")
    func random() throws {
        var hits = 0
        for seed in 1...30 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let words = Int.random(in: 2...6, using: &random)
            let documents = NaivePositions.documents(Int.random(in: 1...60, using: &random), words: words, &random)
            let weights: [Double] = [[1, 1], [2, 1], [0, 1], [1, 0]].randomElement(using: &random) ?? [1, 1]
            let fields = try FieldWeights([.init("title", weight: weights[0]), .init("text", weight: weights[1])])
            let options = IndexOptions(analyzer: .english, positions: true, fields: fields)
            let cut = Int.random(in: 0...documents.count, using: &random)
            let directory = try TestIndex.build(Array(documents[..<cut]), options: options)
            let writer = try IndexWriter(opening: directory)
            try writer.add(Array(documents[cut...]))
            if Bool.random(using: &random) { writer.compact() }
            _ = try writer.commit()
            #expect(try IndexCheck.check(directory: directory).isSound, "seed \(seed)")
            var searcher = try Searcher(reader: IndexReader(directory: directory))
            searcher.phrases = true
            let scores = try NaiveBM25F(documents, fields: Self.names, analyzer: .english, text: text)
            let positions = try zip(Self.names, weights).filter { $1 > 0 }.map { name, _ in
                try NaivePositions(
                    documents.map { Document(id: $0.id, text: text($0, name)) }, analyzer: .english)
            }
            for _ in 0..<25 {
                let query = NaivePositions.query(words: words, &random)
                let expected = scores.search(query.plain, k: .max, weights: weights, similarity: BM25())
                    .filter { hit in
                        query.phrases.allSatisfy { phrase in positions.contains { $0.holds(hit.id, phrase) } }
                    }
                #expect(
                    try searcher.search(query.text, k: 1000) == Array(expected.prefix(1000)),
                    "seed \(seed), '\(query.text)', weights \(weights)")
                hits += expected.count
            }
        }
        #expect(hits > 1000, "\(hits)")
    }

    @Test("Fields with positions have the same bytes for any threads, batches and memory.")
    func deterministic() throws {
        var random = SeededGenerator(seed: 8)
        let documents = NaivePositions.documents(900, words: 8, &random)
        let fields = try FieldWeights(parsing: "title,text")
        func options(_ threads: Int, _ memory: Int) -> IndexOptions {
            IndexOptions(analyzer: .english, positions: true, fields: fields, threads: threads, memory: memory)
        }
        let expected = try TestIndex.contents(TestIndex.build(documents, options: options(1, 512 << 20)))
        for (threads, batch, memory) in [(2, 300, 512 << 20), (3, 70, 1 << 16), (1, 1000, 1 << 16)] {
            let found = try TestIndex.contents(
                TestIndex.build(documents, options: options(threads, memory), batch: batch))
            #expect(found == expected, "threads \(threads), batch \(batch), memory \(memory)")
        }
    }

    @Test("Proximity is refused with the remedy where the index has fields.")
    func proximity() throws {
        let options = IndexOptions(analyzer: .english, positions: true, fields: try FieldWeights(parsing: "title,text"))
        let directory = try TestIndex.build([Document(id: "a", title: "b", text: "c")], options: options)
        let searcher = try Searcher(reader: IndexReader(directory: directory))
        #expect(throws: FieldError.self) { try ProximityRetriever(searcher) }
    }
}
