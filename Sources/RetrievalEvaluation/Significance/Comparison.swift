/// How two systems compare on one measure.
public struct Comparison: Sendable, Hashable, Codable {
    /// The system that is compared with.
    public var baseline: String
    /// The system that is looked at.
    public var run: String
    /// The measure.
    public var measure: Measure
    /// The run's mean minus the baseline's.
    public var difference: Double
    /// The two-sided p-value of the paired test over queries.
    public var p: Double
    /// The p-value corrected for all comparisons of the same call.
    public var pCorrected: Double
    /// Queries where the run is better.
    public var wins: Int
    /// Queries where both are equal (to 1e-12).
    public var ties: Int
    /// Queries where the baseline is better.
    public var losses: Int
    /// The number of queries.
    public var queries: Int
    /// A bootstrap interval of the difference; nil where none was asked for.
    public var interval: BootstrapInterval?
    /// The mean difference in standard deviations of the differences over queries (Cohen's d for paired samples).
    ///
    /// Nil where all are equal.
    public var effectSize: Double?
    /// The smallest true difference that a two-sided t-test at 0.05 finds with a chance of 0.8 at this number of queries and this spread.
    ///
    /// Of one comparison, without correction; nil where all differences are equal.
    public var minimumDetectable: Double?
    /// The p-value of a test in which both queries and seeds are random (`MixedTest`), not corrected; nil where no seeds play a part.
    public var pMixed: Double?
    /// The name of the test.
    public var test: String
    /// The name of the correction.
    public var correction: Correction

    /// `***`, `**` or `*` where the corrected p is below 0.001, 0.01 or 0.05; else nothing.
    public var mark: String {
        pCorrected < 0.001 ? "***" : pCorrected < 0.01 ? "**" : pCorrected < 0.05 ? "*" : ""
    }

    /// Differences up to here are rounding.
    static let tie = 1e-12
}
