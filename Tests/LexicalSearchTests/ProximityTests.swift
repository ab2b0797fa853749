import DecoyTestSupport
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Ranking again by proximity")
struct ProximityTests {
    private func retriever(
        _ segments: [[Document]], _ similarity: BM25 = BM25(), weight: Double = 1, depth: Int = 1000, threads: Int = 1
    ) throws -> ProximityRetriever {
        let directory = try TestIndex.build(
            segments: segments, options: IndexOptions(analyzer: .english, positions: true))
        let searcher = try Searcher(
            reader: IndexReader(directory: directory), similarity: similarity, threads: threads)
        return try ProximityRetriever(searcher, weight: weight, depth: depth)
    }

    @Test(
        "The best documents have BM25's score and the paper's; the others follow with BM25's alone, all in the total order."
    )
    func random() throws {
        for seed in 1...12 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let words = Int.random(in: 3...8, using: &random)
            let documents = NaivePositions.documents(Int.random(in: 1...60, using: &random), words: words, &random)
            let reference = try NaivePositions(documents, analyzer: .english)
            let similarity = BM25(k1: Bool.random(using: &random) ? 0.9 : 1.2, b: 0.4)
            let weight: Double = [0, 0.5, 2].randomElement(using: &random) ?? 1
            let depth: Int = [1, 7, 1000].randomElement(using: &random) ?? 1
            let one = try retriever([documents], similarity, weight: weight, depth: depth)
            let cut = Int.random(in: 0...documents.count, using: &random)
            let two = try retriever(
                [Array(documents[..<cut]), Array(documents[cut...])], similarity, weight: weight, depth: depth)
            for _ in 0..<12 {
                let text = NaivePositions.text(0...5, words: words, &random)
                let note = "seed \(seed), '\(text)', weight \(weight), depth \(depth)"
                let plain = try one.searcher.search(text, k: 1000)
                let found = try one.search(text, k: 1000)
                #expect(found.count == plain.count && Set(found.map(\.id)) == Set(plain.map(\.id)), "\(note)")
                #expect(Set(found.prefix(depth).map(\.id)) == Set(plain.prefix(depth).map(\.id)), "\(note)")
                #expect(zip(found, found.dropFirst()).allSatisfy { $0.precedes($1) }, "\(note)")
                for (place, hit) in plain.enumerated() {
                    let score = found.first { $0.id == hit.id }?.score ?? 0
                    let part =
                        place < depth
                        ? reference.proximity(hit.id, text, k1: similarity.k1, b: similarity.b) : 0
                    #expect(abs(score - hit.score - weight * part) <= 2e-6 * (1 + score), "\(note), \(hit.id)")
                }
                for k in [0, 1, 5] { #expect(try one.search(text, k: k) == Array(found.prefix(k)), "\(note), k \(k)") }
                #expect(try two.search(text, k: 1000) == found, "\(note), cut \(cut)")
                let query = Query(id: "q", text: text)
                let scores = try two.scores(of: documents.map(\.id) + ["missing"], for: query)
                #expect(scores.last == .some(nil))
                for (document, score) in zip(documents, scores) {
                    let expected: Double = found.first { $0.id == document.id }?.score ?? 0
                    #expect(score == expected, "\(note), \(document.id)")
                }
            }
        }
    }

    @Test("Many queries are answered in their order, the same with 1 and 3 threads, phrases included.")
    func batches() throws {
        var random = SeededGenerator(seed: 31)
        let documents = NaivePositions.documents(80, words: 6, &random)
        let queries = (0..<60).map { Query(id: "q\($0)", text: NaivePositions.query(words: 6, &random).text) }
        var runs: [Run] = []
        for threads in [1, 3] {
            var searcher = try retriever([documents], threads: threads).searcher
            searcher.phrases = true
            runs.append(try ProximityRetriever(searcher, depth: 20).run(queries, k: 10))
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].rankings.map(\.queryID) == queries.map(\.id))
    }

    @Test("The parts of an explanation sum up to the score, with the proximity of documents within the depth alone.")
    func explanations() throws {
        var random = SeededGenerator(seed: 32)
        let documents = NaivePositions.documents(30, words: 5, &random)
        let proximity = try retriever([documents], weight: 0.7, depth: 6)
        let found = try proximity.search("ax bo cu ax", k: 12)
        let explained = try proximity.explain("ax bo cu ax", documents: found.map(\.id) + ["missing"])
        #expect(explained.last == .some(nil) && found.count == 12)
        for (place, hit) in found.enumerated() {
            let explanation = try #require(explained[place])
            #expect(explanation.score == hit.score && (explanation.proximity != nil) == (place < 6))
            let sum = Double(Float(explanation.parts.reduce(0) { $0 + $1.contribution }))
            #expect(Double(Float(sum + (explanation.proximity ?? 0))) == hit.score)
        }
    }

    @Test("Nearer is better, one term alone has no neighbour, and k1 of 0 saturates at once.")
    func examples() throws {
        let documents = [
            Document(id: "near", text: "ax bo xx xx xx xx"), Document(id: "far", text: "ax xx xx xx xx bo"),
            Document(id: "other", text: "cu"),
        ]
        let usual = try retriever([documents])
        #expect(try usual.search("bo ax", k: 9).map(\.id) == ["near", "far"])
        #expect(try usual.search("ax", k: 9) == usual.searcher.search("ax", k: 9))
        #expect(try usual.search("ax ax", k: 9) == usual.searcher.search("ax ax", k: 9))
        let full = try retriever([documents], BM25(k1: 0)).search("bo ax", k: 9)
        #expect(full.map(\.id) == ["near", "far"] && full[0].score == full[1].score)
        // Factor k1 + 1 for the variants that have it.
        let atire = TermProximity(weights: [2, 0.5], similarity: BM25(.atire, k1: 1))
        let lucene = TermProximity(weights: [2, 0.5], similarity: BM25(k1: 1))
        let pair = [TermProximity.Occurrence(position: 3, term: 0), .init(position: 5, term: 1)]
        var (first, second) = (atire, lucene)
        // acc = 0.5 / 4 and 2 / 4, K = 1: 1 · 0.125 / 1.125 + 0.5 · 0.5 / 1.5.
        #expect(abs(second.score(pair, inverseNorm: 1) - (0.125 / 1.125 + 0.25 / 1.5)) < 1e-12)
        #expect(abs(first.score(pair, inverseNorm: 1) - 2 * (0.125 / 1.125 + 0.25 / 1.5)) < 1e-12)
    }

    @Test(
        "Weights and depths out of their range are refused.",
        arguments: [(-1, 10), (.nan, 10), (.infinity, 10), (1, 0)] as [(Double, Int)])
    func parameters(weight: Double, depth: Int) throws {
        #expect(throws: SearchError.self) { try retriever([[]], weight: weight, depth: depth) }
    }
}
