/// What makes the scores of several rankings of a query comparable.
///
/// Lee: Analyses of Multiple Evidence Combination, SIGIR 1997, section 2 (min-max); Montague, Aslam: Relevance Score Normalization for
/// Metasearch, CIKM 2001 (the others).
public enum ScoreNormalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Scores are divided by the highest; a hybrid leaves cosines, which have a scale of their own, as they are.
    case maximum
    /// The lowest score becomes 0, the highest 1.
    case minMax = "min-max"
    /// The scores get mean 0 and standard deviation 1.
    case zScore = "z-score"
    /// The lowest score becomes 0, and the sum of all 1.
    case sum
    /// Scores stay as they are.
    case none

    /// The change that the normalisation makes to scores, from these scores.
    ///
    /// The order of the scores decides how sums are rounded, nothing else. Complexity: O(n).
    public func scale(of scores: [Double]) -> ScoreScale {
        switch self {
        case .none: .identity
        case .maximum: .maximum(scores.max() ?? 0)
        case .minMax: .minMax(scores)
        case .zScore: .zScore(scores)
        case .sum: .sum(scores)
        }
    }
}
