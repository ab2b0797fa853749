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
