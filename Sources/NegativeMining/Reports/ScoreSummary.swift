/// How a set of scores is distributed: exact count, ends and mean, and quantiles to within 0.1 %.
///
/// Independent of the order of the scores: quantiles come from bins of equal relative width, the mean is rounded to 9 digits.
public struct ScoreSummary: Sendable, Hashable, Codable {
    /// The number of scores.
    public var count: Int
    /// The lowest score; nil where there are none.
    public var minimum: Double?
    /// The highest score; nil where there are none.
    public var maximum: Double?
    /// The mean; nil where there are none.
    public var mean: Double?
    /// The 10 %, 50 % and 90 % quantiles, as the middle of the bin in which they fall; nil where there are no scores.
    public var quantiles: Quantiles?

    /// Three quantiles.
    public struct Quantiles: Sendable, Hashable, Codable {
        /// A tenth of the scores lies below.
        public var p10: Double
        /// Half of the scores lie below.
        public var p50: Double
        /// Nine tenths of the scores lie below.
        public var p90: Double
    }
}
