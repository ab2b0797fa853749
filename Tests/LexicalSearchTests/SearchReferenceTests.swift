import DecoyTestSupport
import RetrievalData
import Testing

@testable import LexicalSearch

@Suite("Search equals its naive reference")
struct SearchReferenceTests {
    private func compare(
        _ directory: some Sendable, _ found: [ScoredDocument], _ expected: [ScoredDocument], _ note: String
    ) {
        #expect(found.map(\.id) == expected.map(\.id), "\(note)")
        #expect(found.map(\.score.bitPattern) == expected.map(\.score.bitPattern), "\(note)")
    }

    @Test("Ids and score bits are those of the formula, over random corpora with ties, for one and several segments.")
    func random() throws {
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let documents = TestIndex.documents(seed: seed, count: Int.random(in: 1...150, using: &random))
            let similarity = BM25(
                k1: [0, 0.9, 1.2, 5].randomElement(using: &random) ?? 1,
                b: [0, 0.4, 0.75, 1].randomElement(using: &random) ?? 1)
            let reference = try NaiveBM25(documents, analyzer: .whitespace)
            let cut = Int.random(in: 0...documents.count, using: &random)
            let one = try Searcher(reader: IndexReader(directory: TestIndex.build(documents)), similarity: similarity)
            let two = try Searcher(
                reader: IndexReader(
                    directory: TestIndex.build(segments: [Array(documents[..<cut]), Array(documents[cut...])])),
                similarity: similarity)
            for _ in 0..<50 {
                let query = TestIndex.query(&random)
                let k = [1, 2, 10, 1000].randomElement(using: &random) ?? 1
                let expected = reference.search(query, k: k, k1: similarity.k1, b: similarity.b)
                let note = "seed \(seed), '\(query)', k \(k), \(similarity), cut \(cut)"
                compare(one, try one.search(query, k: k), expected, note)
                compare(two, try two.search(query, k: k), expected, note)
            }
        }
    }

    @Test("Lists of several blocks give the same ids and score bits.")
    func longLists() throws {
        var text = RandomText(seed: 5, vocabularySize: 30)
        let documents = text.documents(900, words: 1...40)
        let reference = try NaiveBM25(documents, analyzer: .english)
        let directory = try TestIndex.build(documents, options: IndexOptions(analyzer: .english))
        let searcher = try Searcher(reader: IndexReader(directory: directory))
        for query in text.queries(20) {
            for k in [1, 300] {
                compare(
                    searcher, try searcher.search(query.text, k: k), reference.search(query.text, k: k),
                    "\(query), k \(k)")
            }
        }
    }

    @Test("Scores of given documents are those of the ranking; 0 without a match, nil where unknown.")
    func scores() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let documents = TestIndex.documents(seed: seed, count: 400)
            let searcher = try Searcher(
                reader: IndexReader(
                    directory: TestIndex.build(segments: [Array(documents[..<150]), Array(documents[150...])])))
            for _ in 0..<10 {
                let query = TestIndex.query(&random)
                let ranking = try searcher.search(query, k: 1000)
                var known: [String: Double] = [:]
                for document in ranking { known[document.id] = document.score }
                let ids = (0..<20).map { _ in documents.randomElement(using: &random)?.id ?? "" } + ["missing", ""]
                let scores = try searcher.scores(of: ids, for: Query(id: "q", text: query))
                let expected = ids.map { id in documents.contains { $0.id == id } ? known[id] ?? 0 : nil }
                #expect(scores == expected, "seed \(seed), '\(query)'")
            }
        }
    }

    @Test("Many queries are answered in their order, the same with 1 and 3 threads.")
    func batches() throws {
        var text = RandomText(seed: 9)
        let reader = try IndexReader(directory: TestIndex.build(text.documents(300)))
        let queries = text.queries(150)
        let one = try Searcher(reader: reader).run(queries, k: 10)
        let three = try Searcher(reader: reader, threads: 3).run(queries, k: 10)
        #expect(one == three)
        #expect(one.rankings.map(\.queryID) == queries.map(\.id))
        let single = try Searcher(reader: reader)
        for (ranking, query) in zip(one.rankings, queries) {
            #expect(try ranking.documents == single.search(query.text, k: 10))
        }
    }

    @Test("Global statistics give the shards the scores of the whole.")
    func shards() throws {
        let documents = TestIndex.documents(seed: 3, count: 200)
        let whole = try IndexReader(directory: TestIndex.build(documents))
        let shard = try IndexReader(directory: TestIndex.build(Array(documents[..<80])))
        let ids = Set(documents[..<80].map(\.id))
        var random = SeededGenerator(seed: 3)
        for _ in 0..<20 {
            let query = TestIndex.query(&random)
            let expected = try Searcher(reader: whole).search(query, k: 1000).filter { ids.contains($0.id) }
            #expect(try Searcher(reader: shard, statistics: whole).search(query, k: 1000) == expected)
        }
    }

    @Test("Empty indexes, empty queries and k of 0 give no hits.")
    func nothing() throws {
        for documents in [[], [Document(id: "a", text: "")], [Document(id: "a", text: "x")]] {
            let searcher = try Searcher(reader: IndexReader(directory: TestIndex.build(documents)))
            #expect(try searcher.search("", k: 10) == [])
            #expect(try searcher.search("unknown", k: 10) == [])
            #expect(try searcher.search("x", k: 0) == [])
            #expect(try searcher.documentIDs() == documents.map(\.id))
        }
    }

    @Test(
        "Parameters outside of their range are refused.",
        arguments: [
            BM25(k1: -1), BM25(k1: .infinity), BM25(k1: .nan), BM25(b: -0.1), BM25(b: 1.1), BM25(b: .nan),
        ])
    func parameters(similarity: BM25) throws {
        let reader = try IndexReader(directory: TestIndex.build([]))
        #expect(throws: SearchError.self) { try Searcher(reader: reader, similarity: similarity) }
    }

    @Test("The collector keeps the best k of any sequence of candidates.")
    func collector() {
        for seed in 1...200 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let count = Int.random(in: 0...400, using: &random)
            let k = Int.random(in: 1...50, using: &random)
            let keys = (0..<count).map {
                TopKCollector.key(score: Float.random(in: 1...3, using: &random).rounded(), rank: $0)
            }
            .shuffled(using: &random)
            let collector = TopKCollector(k: k)
            for key in keys { collector.insert(key) }
            #expect(Array(collector.finish()) == Array(keys.sorted(by: >).prefix(k)), "seed \(seed)")
        }
    }
}
