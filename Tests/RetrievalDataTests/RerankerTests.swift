import DecoyTestSupport
import RetrievalData
import Testing

@Suite("Reranking")
struct RerankerTests {
    private let query = Query(id: "q", text: "x")

    private func retriever(_ scores: [DocumentID: Double]) -> RunRetriever {
        let documents = scores.map { ScoredDocument(id: $0.key, score: $0.value) }
        return RunRetriever(Run(name: "second", rankings: [Ranking(queryID: "q", sorting: documents)]))
    }

    @Test(
        "Known documents of the first are sorted by their new scores, all others keep their order below; no document is lost."
    )
    func naive() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let count = Int.random(in: 0...15, using: &generator)
            let first = Ranking(
                queryID: "q",
                sorting: (0..<count).map {
                    ScoredDocument(id: "d\($0)", score: Double(Int.random(in: 0...9, using: &generator)))
                })
            var scores: [DocumentID: Double] = [:]
            let huge = Bool.random(using: &generator) ? 1e300 : 1
            for place in 0..<count where Int.random(in: 0..<4, using: &generator) > 0 {
                scores["d\(place)"] = Double(Int.random(in: -3...5, using: &generator)) * huge
            }
            let depth = Int.random(in: 0...18, using: &generator)
            let weight = Bool.random(using: &generator) ? Double.random(in: 0...1, using: &generator) : nil
            let answer = try Reranker(
                scorer: retriever(scores), depth: depth,
                interpolation: weight.map { .init(weight: $0, normalization: .none) }
            ).reranked(first, for: query)

            let top = first.documents.prefix(depth).filter { scores[$0.id] != nil }
            let expected = top.map { document in
                let new = scores[document.id] ?? 0
                let score = weight.map { (1 - $0) * document.score + $0 * new } ?? new
                return ScoredDocument(id: document.id, score: score)
            }.sorted { $0.precedes($1) }
            let rest =
                first.documents.prefix(depth).filter { scores[$0.id] == nil } + first.documents.dropFirst(depth)
            let documents = answer.ranking.documents
            #expect(Array(documents.prefix(expected.count)) == expected, "seed \(seed)")
            #expect(documents.dropFirst(expected.count).map(\.id) == rest.map(\.id), "seed \(seed)")
            #expect(zip(documents, documents.dropFirst()).allSatisfy { $0.precedes($1) }, "seed \(seed)")
            #expect(answer.scored == expected.count)
            #expect(answer.unknown == first.documents.prefix(depth).count - expected.count)

            let folder = try TemporaryFolder()
            if !documents.isEmpty {
                let file = try folder.write("r.trec", answer.ranking.trecLines(tag: "x"))
                #expect(try RunReader.read(file).rankings == [answer.ranking], "seed \(seed)")
            }
        }
    }

    @Test("An interpolation normalises both scores over the documents that have both.")
    func interpolation() throws {
        let first = Ranking(
            queryID: "q",
            documents: [("a", 30), ("b", 20), ("c", 15), ("d", 10)].map { ScoredDocument(id: $0.0, score: $0.1) })
        let answer = try Reranker(
            scorer: retriever(["a": 0.1, "c": 0.2, "d": 0.5]), depth: 4, interpolation: .init(weight: 0.8)
        ).reranked(first, for: query)
        let wanted = [("d", 0.8), ("c", 0.2 * 0.25 + 0.8 * 0.25), ("a", 0.2), ("b", -1)]
        #expect(answer.ranking.documents.map(\.id) == wanted.map(\.0))
        for document in answer.ranking.documents {
            let score = try #require(wanted.first { $0.0 == document.id }?.1)
            #expect(abs(document.score - score) < 1e-12, "\(document)")
        }
        #expect(answer.unknown == 1)
    }
}
