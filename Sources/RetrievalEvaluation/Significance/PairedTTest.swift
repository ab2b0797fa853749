/// Student's paired t-test, two-sided: t = mean / (deviation / √n) with n − 1 degrees of freedom.
///
/// Student, The Probable Error of a Mean, Biometrika 6 (1908). The p-value is exact: p = I_{ν/(ν+t²)}(ν/2, 1/2) (Abramowitz and Stegun
/// 26.7.1 with 26.5.27), equal to `scipy.stats.ttest_rel`.
public struct PairedTTest: PairedTest {
    /// The name that stands in reports.
    public var name: String { "t" }

    /// The test.
    public init() {}

    /// The two-sided p-value; 0 where all differences are the same number other than 0.
    ///
    /// Complexity: O(n).
    public func pValue(differences: [Double]) -> Double {
        let count = Double(differences.count)
        let mean = Statistics.mean(differences)
        if differences.count < 2 || mean == 0 { return 1 }
        let deviation = Statistics.deviation(differences)
        if deviation == 0 { return 0 }
        let t = mean / (deviation / count.squareRoot())
        let freedom = count - 1
        return regularizedIncompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
    }
}
