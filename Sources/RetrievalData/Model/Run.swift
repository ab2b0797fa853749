/// What one retriever answered to one query, best document first.
public struct Ranking: Sendable, Hashable {
    /// The query that was asked.
    public var queryID: QueryID
    /// The answer, in the total order of `ScoredDocument.precedes(_:)`.
    public var documents: [ScoredDocument]

    /// A ranking from documents that already stand in the total order.
    public init(queryID: QueryID, documents: [ScoredDocument]) {
        self.queryID = queryID
        self.documents = documents
    }

    /// A ranking from documents in any order.
    ///
    /// Complexity: O(n log n).
    public init(queryID: QueryID, sorting documents: [ScoredDocument]) {
        self.init(queryID: queryID, documents: documents.sorted { $0.precedes($1) })
    }
}

/// The rankings of one retriever for many queries.
public struct Run: Sendable, Hashable {
    /// The name that distinguishes the run from others; the tag of a TREC run file.
    public var name: String
    /// One ranking a query, in the order in which the queries were asked or read.
    public var rankings: [Ranking]

    /// A run from its rankings.
    public init(name: String, rankings: [Ranking] = []) {
        self.name = name
        self.rankings = rankings
    }
}
