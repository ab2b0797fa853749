/// How many documents at the top nobody judged, and how far each difference could move if they were judged.
///
/// `UnjudgedBounds` says how the bounds are found.
public struct UnjudgedReport: Sendable, Hashable, Codable {
    /// The measure of the bounds.
    public var measure: Measure
    /// How many documents from the top are looked at.
    public var depth: Int
    /// The share of unjudged documents among the first `depth`, the mean over queries with documents (and seeds), by system.
    public var shares: [String: Double]
    /// The bounds of each difference.
    public var bounds: [Bound]

    /// The difference of two systems, and what it could be.
    public struct Bound: Sendable, Hashable, Codable {
        /// The system that is compared with.
        public var baseline: String
        /// The system that is looked at.
        public var run: String
        /// The difference with unjudged documents not relevant, as everywhere.
        public var difference: Double
        /// The difference if unjudged documents that only the baseline ranks high were relevant; never above `difference`.
        public var pessimistic: Double
        /// The difference if unjudged documents that only the run ranks high were relevant; never below `difference`.
        public var optimistic: Double

        /// A bound from its parts.
        public init(baseline: String, run: String, difference: Double, pessimistic: Double, optimistic: Double) {
            self.baseline = baseline
            self.run = run
            self.difference = difference
            self.pessimistic = pessimistic
            self.optimistic = optimistic
        }
    }

    /// A report from its parts.
    public init(measure: Measure, depth: Int, shares: [String: Double], bounds: [Bound]) {
        self.measure = measure
        self.depth = depth
        self.shares = shares
        self.bounds = bounds
    }
}
