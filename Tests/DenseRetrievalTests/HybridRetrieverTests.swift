import DecoyTestSupport
import RetrievalData
import Testing

@testable import DenseRetrieval

/// Fixed scores for every query.
struct FixedRetriever: Retriever {
    let name: String
    let table: [DocumentID: Double]
    var unranked: Set<DocumentID> = []

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        let all = table.filter { !unranked.contains($0.key) }.map { ScoredDocument(id: $0.key, score: $0.value) }
        for query in queries {
            let sorted = Ranking(queryID: query.id, sorting: all)
            try each(Ranking(queryID: query.id, documents: Array(sorted.documents.prefix(k))))
        }
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] { documents.map { table[$0] } }
}

@Suite("Hybrid retrieval")
struct HybridRetrieverTests {
    private let lexical = FixedRetriever(
        name: "bm25", table: ["a": 10, "b": 8, "c": 1, "d": 0, "e": 0], unranked: ["d", "e"])
    private let dense = FixedRetriever(name: "dense", table: ["a": 0.1, "b": 0.15, "c": 0.9, "d": 0.8, "e": -0.5])
    private let query = Query(id: "q", text: "x")

    @Test("Weighted scores are lexical / highest + weight · cosine, with missing scores asked for.")
    func weighted() throws {
        let hybrid = HybridRetriever(lexical: lexical, dense: dense, fusion: .weighted(weight: 2), depth: 2)
        let found = try hybrid.run([query], k: 3).rankings[0].documents
        #expect(found.map(\.id) == ["c", "d", "a"])
        #expect(zip(found, [0.1 + 1.8, 1.6, 1.2]).allSatisfy { abs($0.score - $1) < 1e-12 })
        let scores = try hybrid.scores(of: ["c", "e", "nowhere"], for: query)
        #expect(scores[0] == found[0].score && scores[1] == -1 && scores[2] == nil)
    }

    @Test("Every normalisation gives the sums of its formula, the same from scores(of:), whatever k.")
    func normalizations() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5 {
            let ids = (0..<30).map { "d\($0)" }
            var lexicalTable: [DocumentID: Double] = [:]
            var denseTable: [DocumentID: Double] = [:]
            for id in ids {
                lexicalTable[id] = Double.random(in: 0...20, using: &generator).rounded()
                denseTable[id] = Double.random(in: -1...1, using: &generator)
            }
            let lexical = FixedRetriever(name: "bm25", table: lexicalTable)
            let dense = FixedRetriever(name: "dense", table: denseTable)
            let depth = Int.random(in: 1...12, using: &generator)
            let weight = Double.random(in: 0...3, using: &generator)
            let best = try [lexical, dense].map { try $0.run([query], k: depth).rankings[0].documents }
            let pool = Set(best.flatMap { $0.map(\.id) })
            func scaled(_ table: [DocumentID: Double], _ id: DocumentID, _ kind: ScoreNormalization, _ first: Int)
                -> Double
            {
                let values = pool.map { table[$0] ?? 0 }
                let value = table[id] ?? 0
                switch kind {
                case .none: return value
                case .maximum:
                    let highest = values.max() ?? 0
                    return first == 0 ? (highest > 0 ? value / highest : 0) : value
                case .minMax:
                    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
                    return high > low ? (value - low) / (high - low) : 0
                case .sum:
                    let low = values.min() ?? 0
                    let sum = values.reduce(0) { $0 + $1 - low }
                    return sum > 0 ? (value - low) / sum : 0
                case .zScore:
                    let mean = values.reduce(0, +) / Double(values.count)
                    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
                    return square > 0 ? (value - mean) / square.squareRoot() : 0
                }
            }
            for kind in ScoreNormalization.allCases {
                let hybrid = HybridRetriever(
                    lexical: lexical, dense: dense, fusion: .weighted(weight: weight, normalization: kind),
                    depth: depth)
                let found = try hybrid.run([query], k: 30).rankings[0].documents
                #expect(found.count == 30)
                for document in found {
                    let expected =
                        scaled(lexicalTable, document.id, kind, 0) + weight * scaled(denseTable, document.id, kind, 1)
                    #expect(abs(document.score - expected) < 1e-9, "seed \(seed), \(kind)")
                }
                #expect(
                    try hybrid.scores(of: found.map(\.id), for: query) == found.map(\.score), "seed \(seed), \(kind)")
                let few = try hybrid.run([query], k: 3).rankings[0].documents
                #expect(few.allSatisfy { document in found.contains { $0 == document } }, "seed \(seed), \(kind)")
            }
        }
    }

    @Test("Equal scores of one retriever leave the order to the other.")
    func equalScores() throws {
        let flat = FixedRetriever(name: "bm25", table: ["a": 3, "c": 3, "d": 3])
        for kind in [ScoreNormalization.minMax, .zScore] {
            let hybrid = HybridRetriever(
                lexical: flat, dense: dense, fusion: .weighted(weight: 1, normalization: kind), depth: 5)
            let found = try hybrid.run([query], k: 2).rankings[0].documents
            #expect(found.map(\.id) == ["c", "d"] && found.allSatisfy { $0.score.isFinite }, "\(kind)")
        }
    }

    @Test("Reciprocal ranks are summed over both rankings.")
    func reciprocalRanks() throws {
        let hybrid = HybridRetriever(lexical: lexical, dense: dense, fusion: .rrf, depth: 3)
        let found = try hybrid.run([query], k: 10).rankings[0].documents
        #expect(found.map(\.id) == ["c", "b", "a", "d"])
        let wanted = [1.0 / 63 + 1.0 / 61, 1.0 / 62 + 1.0 / 63, 1.0 / 61, 1.0 / 62]
        #expect(zip(found, wanted).allSatisfy { abs($0.score - $1) < 1e-12 })
        #expect(try hybrid.scores(of: ["b", "e", "nowhere"], for: query) == [found[1].score, 0, nil])
    }

    @Test("Without a lexical hit the dense order remains.")
    func noLexicalHit() throws {
        let empty = FixedRetriever(name: "bm25", table: ["a": 0, "c": 0], unranked: ["a", "c"])
        let found = try HybridRetriever(lexical: empty, dense: dense).run([query], k: 2).rankings[0].documents
        #expect(found.map(\.id) == ["c", "d"])
    }
}
