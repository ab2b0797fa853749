/// The score s⁺ that stands for a query's positives, of those that the retriever knows.
public enum PositiveReference: String, Sendable, Hashable, Codable, CaseIterable {
    /// The lowest: a candidate is below all positives.
    case lowest
    /// The highest: a candidate is below at least one positive.
    case highest
    /// The mean.
    case mean

    /// s⁺ of some scores; nil where there are none.
    func score(of scores: [Double]) -> Double? {
        switch self {
        case .lowest: scores.min()
        case .highest: scores.max()
        case .mean: scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
        }
    }
}
