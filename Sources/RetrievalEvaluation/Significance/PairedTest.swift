/// A two-sided test of whether two systems differ, paired over queries.
public protocol PairedTest: Sendable {
    /// The name that stands in reports: `t`, `randomization` or `bootstrap`.
    var name: String { get }

    /// The probability, if the systems were equal, of a mean difference at least as far from 0 as that of the given differences.
    ///
    /// One difference per query, never one per query and seed. 1 where there is nothing to test: fewer than two queries for the t and
    /// bootstrap tests, or no difference other than 0.
    func pValue(differences: [Double]) -> Double
}
