/// A change of scores, (score − offset) / divisor, or 0 where the divisor is 0; a document without a score counts as `missing`.
public struct ScoreScale: Sendable, Hashable {
    private var offset = 0.0
    private var divisor = 1.0
    /// What stands for the score of a document that has none.
    private var missing = 0.0

    /// No change.
    public static let identity = ScoreScale()

    /// score / highest; all is 0 where nothing is above 0.
    public static func maximum(_ highest: Double) -> ScoreScale {
        ScoreScale(divisor: max(highest, 0))
    }

    /// Lowest to 0, highest to 1; all is 0 where they are equal.
    public static func minMax(_ scores: [Double]) -> ScoreScale {
        guard let lowest = scores.min(), let highest = scores.max(), highest > lowest else {
            return ScoreScale(divisor: 0)
        }
        return ScoreScale(offset: lowest, divisor: highest - lowest, missing: lowest)
    }

    /// Mean 0, standard deviation 1 (of the population); all is 0 where the scores are equal.
    public static func zScore(_ scores: [Double]) -> ScoreScale {
        guard let lowest = scores.min(), let highest = scores.max(), highest > lowest else {
            return ScoreScale(divisor: 0)
        }
        let mean = scores.reduce(0, +) / Double(scores.count)
        let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
        return ScoreScale(offset: mean, divisor: variance.squareRoot(), missing: lowest)
    }

    /// Lowest to 0, sum 1; all is 0 where the scores are equal.
    public static func sum(_ scores: [Double]) -> ScoreScale {
        guard let lowest = scores.min(), let highest = scores.max(), highest > lowest else {
            return ScoreScale(divisor: 0)
        }
        return ScoreScale(offset: lowest, divisor: scores.reduce(0) { $0 + ($1 - lowest) }, missing: lowest)
    }

    /// The changed score; that of `missing` for nil.
    public func callAsFunction(_ score: Double?) -> Double {
        divisor > 0 ? ((score ?? missing) - offset) / divisor : 0
    }
}
