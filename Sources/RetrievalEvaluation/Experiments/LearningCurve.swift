/// How one training went: the loss by epoch, and the first measure on dev queries where it was measured.
public struct LearningCurve: Sendable, Hashable, Codable {
    /// The system's name.
    public var system: String
    /// The seed.
    public var seed: UInt64
    /// The mean loss of each epoch.
    public var losses: [Double]
    /// The name of what was measured on dev; nil where nothing was.
    public var devMeasure: String?
    /// The values on dev after each epoch; empty where nothing was measured.
    public var devValues: [Double]

    /// A curve from its parts.
    public init(system: String, seed: UInt64, losses: [Double], devMeasure: String? = nil, devValues: [Double] = []) {
        self.system = system
        self.seed = seed
        self.losses = losses
        self.devMeasure = devMeasure
        self.devValues = devValues
    }
}
