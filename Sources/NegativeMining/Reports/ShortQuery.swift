import RetrievalData

/// A query with too few survivors, and what was done with it.
public struct ShortQuery: Sendable, Hashable, Codable {
    /// The query's id.
    public var query: QueryID
    /// The beginning of its text.
    public var text: String
    /// Candidates that passed all filters and were drawn.
    public var found: Int
    /// The negatives that it has in the end.
    public var negatives: Int
    /// Whether a window was made deeper.
    public var isWidened: Bool
    /// The number of random documents that fill up.
    public var filled: Int
    /// Whether the query lost its negatives.
    public var isDropped: Bool
    /// How many candidates each reason rejected.
    public var rejected: [String: Int]
}
