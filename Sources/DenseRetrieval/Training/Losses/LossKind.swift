/// What is minimised.
public enum LossKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Softmax cross-entropy over the batch's documents; see `InfoNCE`.
    case infonce
    /// A positive's cosine above a negative's by a margin; see `TripletLoss`.
    case triplet
    /// Positives near and negatives beyond a margin; see `ContrastiveMargin`.
    case contrastive
    /// The differences of a teacher's scores; see `MarginMSE`.
    case marginMSE = "margin-mse"
    /// The softmax of a teacher's scores; see `TeacherDivergence`.
    case kl

    /// Whether it needs a teacher's scores.
    public var needsTeacher: Bool { self == .marginMSE || self == .kl }

    /// Whether its cosines are divided by the temperature.
    public var hasTemperature: Bool { self != .triplet && self != .contrastive }
}
