/// How far mining has come; the caller decides how it looks.
public struct MiningProgress: Sendable, Hashable {
    /// Queries worked on so far.
    public var queries: Int
    /// All queries.
    public var total: Int
    /// Negatives kept so far.
    public var negatives: Int
}
