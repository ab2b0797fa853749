import RetrievalData

/// A confidence interval of a mean over queries by the percentile bootstrap: means of resamples drawn with repetition.
///
/// Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3; for retrieval: Sakai, SIGIR 2006. Equal seed and values in
/// equal order give equal intervals.
public struct BootstrapInterval: Sendable, Hashable, Codable {
    /// The lower end.
    public var lower: Double
    /// The upper end.
    public var upper: Double
    /// The share of resampled means between the ends, such as 0.95.
    public var level: Double

    /// An interval from its parts.
    public init(lower: Double, upper: Double, level: Double) {
        self.lower = lower
        self.upper = upper
        self.level = level
    }

    /// The interval of the mean of one value per query; both ends are 0 for no values.
    ///
    /// Complexity: O(resamples · queries).
    public init(ofMean values: [Double], level: Double = 0.95, resamples: Int = 10_000, seed: UInt64 = 0) {
        var random = SeededRandom(seed: seed)
        var means: [Double] = []
        means.reserveCapacity(resamples)
        if !values.isEmpty {
            for _ in 0..<max(resamples, 1) {
                var sum = 0.0
                for _ in values.indices { sum += values[random.next(below: values.count)] }
                means.append(sum / Double(values.count))
            }
        }
        means.sort()
        let tail = (1 - level) / 2
        self.init(
            lower: Statistics.quantile(means, tail), upper: Statistics.quantile(means, 1 - tail), level: level)
    }
}
