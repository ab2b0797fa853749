/// How the learning rate goes on after warm-up.
public enum LearningRateDecay: String, Sendable, Hashable, Codable, CaseIterable {
    /// It stays.
    case none
    /// It falls on a line to 0 at the last step.
    case linear
}
