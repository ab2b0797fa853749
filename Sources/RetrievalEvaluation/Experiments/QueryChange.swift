import RetrievalData

/// What a query's value of the first measure was before and after.
public struct QueryChange: Sendable, Hashable, Codable {
    /// The query.
    public var queryID: QueryID
    /// The value before, the mean over the seeds.
    public var before: Double
    /// The value after, the mean over the seeds.
    public var after: Double

    /// A change from its parts.
    public init(queryID: QueryID, before: Double, after: Double) {
        self.queryID = queryID
        self.before = before
        self.after = after
    }
}
