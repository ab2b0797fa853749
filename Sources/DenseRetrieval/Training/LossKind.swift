/// What is minimised.
public enum LossKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Softmax cross-entropy over the batch's documents; see `InfoNCE`.
    case infonce
}
