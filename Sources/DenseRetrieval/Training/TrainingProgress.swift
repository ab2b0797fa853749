/// Where training stands; handed to the caller after each step.
public struct TrainingProgress: Sendable, Hashable {
    /// What is being done.
    public enum Phase: String, Sendable, Hashable {
        /// The model ranks candidates for negatives.
        case mining
        /// Steps are being taken.
        case training
        /// The model is measured on development queries.
        case evaluating
    }

    /// What is being done.
    public var phase: Phase
    /// The epoch, counted from 1.
    public var epoch: Int
    /// The number of epochs.
    public var epochs: Int
    /// The steps that are done.
    public var step: Int
    /// The number of steps in all.
    public var totalSteps: Int
    /// The mean loss of the last step; 0 before the first.
    public var loss: Float
    /// Pairs seen a second since the start, mining included.
    public var pairsPerSecond: Double
    /// The last figure on development queries; nil before the first.
    public var dev: DevFigure?
}
