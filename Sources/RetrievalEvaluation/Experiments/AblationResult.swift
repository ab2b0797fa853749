/// What the system `after` reaches on dev with one option set otherwise.
public struct AblationResult: Sendable, Hashable, Codable {
    /// The option, as on the command line without its dashes.
    public var option: String
    /// Its value.
    public var value: String
    /// Whether this is the value of the experiment itself.
    public var isUsed: Bool
    /// The split that was measured; never the test split.
    public var split: String
    /// The means over queries and seeds by measure.
    public var measures: [String: Double]
    /// The standard deviation (n − 1) over seeds by measure; nil for a single seed.
    public var deviation: [String: Double]?

    /// A result from its parts.
    public init(
        option: String, value: String, isUsed: Bool, split: String, measures: [String: Double],
        deviation: [String: Double]? = nil
    ) {
        self.option = option
        self.value = value
        self.isUsed = isUsed
        self.split = split
        self.measures = measures
        self.deviation = deviation
    }
}
