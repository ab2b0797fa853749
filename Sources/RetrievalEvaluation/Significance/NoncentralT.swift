import Essentials

/// The distribution of (Z + δ) / √(V / ν), where Z is standard normal and V is chi-squared with ν degrees of freedom.
///
/// It is what the t statistic follows where there is a true difference. With δ = 0 it is Student's t.
struct NoncentralT {
    /// ν, above 0.
    var freedom: Double
    /// δ; up to 37 in magnitude, where exp(−δ²/2) is still a number.
    var noncentrality: Double

    /// The probability of a value up to `t`.
    ///
    /// Algorithm AS 243 (Lenth, Appl. Statist. 38, 1989): for t ≥ 0 it is
    /// Φ(−δ) + ½ Σ_j [p_j I_x(j + ½, ν/2) + q_j I_x(j + 1, ν/2)] with x = t² / (ν + t²), p_j = e^{−δ²/2} (δ²/2)^j / j! and
    /// q_j = δ / √2 · e^{−δ²/2} (δ²/2)^j / Γ(j + 3/2); for t < 0 it is 1 − F(−t; ν, −δ). Absolute error about 1e-12.
    ///
    /// Complexity: O(δ²).
    func cumulative(_ t: Double) -> Double {
        if t < 0 {
            return 1 - NoncentralT(freedom: freedom, noncentrality: -noncentrality).cumulative(-t)
        }
        let x = t * t / (freedom + t * t)
        let rate = noncentrality * noncentrality / 2
        var even = exp(-rate)
        var odd = noncentrality * even * (2 / Double.pi).squareRoot()
        var sum = 0.0
        var step = 0.0
        while true {
            sum += even * regularizedIncompleteBeta(x, step + 0.5, freedom / 2)
            sum += odd * regularizedIncompleteBeta(x, step + 1, freedom / 2)
            step += 1
            even *= rate / step
            odd *= rate / (step + 0.5)
            // Past the largest term the rest is below a geometric series with this ratio.
            let ratio = rate / (step + 1)
            if ratio < 0.9, even + odd.magnitude < 1e-15 * (1 - ratio) { break }
        }
        return min(max(erfc(noncentrality / 2.0.squareRoot()) / 2 + sum / 2, 0), 1)
    }
}
