/// A run file as a retriever: it answers the queries that the run has with the rankings of the run.
public struct RunRetriever: Retriever {
    /// The run's name.
    public let name: String
    private let rankings: [QueryID: Ranking]

    /// A retriever of a run's rankings, which stand in the total order.
    public init(_ run: Run) {
        name = run.name
        rankings = Dictionary(run.rankings.map { ($0.queryID, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Hands out the first `k` documents of each query's ranking; none for a query that the run lacks.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        for query in queries {
            let documents = rankings[query.id]?.documents ?? []
            try each(Ranking(queryID: query.id, documents: Array(documents.prefix(max(k, 0)))))
        }
    }

    /// The scores that the run has; nil for a document that the query's ranking lacks.
    ///
    /// Complexity: O(length of the
    /// ranking).
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        let ranking = rankings[query.id]?.documents ?? []
        let wanted = Set(documents)
        var scores: [DocumentID: Double] = [:]
        for document in ranking where wanted.contains(document.id) { scores[document.id] = document.score }
        return documents.map { scores[$0] }
    }
}
