/// What makes the scores of two retrievers comparable, query by query.
///
/// Lee: Analyses of Multiple Evidence Combination, SIGIR 1997, section 2 (min-max); Montague, Aslam: Relevance Score Normalization for
/// Metasearch, CIKM 2001 (the others).
public enum ScoreNormalization: String, Sendable, Hashable, Codable, CaseIterable {
    /// Lexical scores are divided by the query's highest; cosines, which have a scale of their own, stay.
    case maximum
    /// The lowest score among the candidates becomes 0, the highest 1.
    case minMax = "min-max"
    /// The candidates' scores get mean 0 and standard deviation 1.
    case zScore = "z-score"
    /// Scores stay as they are.
    case none
}

/// A change of scores, (score − offset) / divisor, or 0 where the divisor is 0; a document without a score counts as `missing`.
struct ScoreScale: Sendable, Hashable {
    var offset = 0.0
    var divisor = 1.0
    /// What stands for the score of a document that has none.
    var missing = 0.0

    /// No change.
    static let identity = ScoreScale()

    /// score / highest; all is 0 where nothing is above 0.
    static func maximum(_ highest: Double) -> ScoreScale {
        ScoreScale(divisor: max(highest, 0))
    }

    /// Lowest to 0, highest to 1; all is 0 where they are equal.
    static func minMax(_ scores: [Double]) -> ScoreScale {
        guard let lowest = scores.min(), let highest = scores.max(), highest > lowest else {
            return ScoreScale(divisor: 0)
        }
        return ScoreScale(offset: lowest, divisor: highest - lowest, missing: lowest)
    }

    /// Mean 0, standard deviation 1 (of the population); all is 0 where the scores are equal.
    static func zScore(_ scores: [Double]) -> ScoreScale {
        guard let lowest = scores.min(), let highest = scores.max(), highest > lowest else {
            return ScoreScale(divisor: 0)
        }
        let mean = scores.reduce(0, +) / Double(scores.count)
        let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
        return ScoreScale(offset: mean, divisor: variance.squareRoot(), missing: lowest)
    }

    func callAsFunction(_ score: Double?) -> Double {
        divisor > 0 ? ((score ?? missing) - offset) / divisor : 0
    }
}
