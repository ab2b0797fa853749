/// A mining option that cannot be used.
public struct MiningError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The option with its value.
    public var option: String
    /// What would be right.
    public var remedy: String

    /// `mining option rangeMax 0 cannot be used; use more than rangeMin, 0`.
    public var description: String { "mining option \(option) cannot be used; \(remedy)" }
}
