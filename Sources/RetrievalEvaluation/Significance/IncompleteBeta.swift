import Essentials

/// The regularized incomplete beta function I_x(a, b) for positive a and b and x from 0 to 1.
///
/// The continued fraction of NIST DLMF 8.17.22 evaluated by Lentz's method as modified by Thompson and Barnett (J. Comput. Phys. 64,
/// 1986), with the symmetry I_x(a, b) = 1 − I_{1−x}(b, a) (DLMF 8.17.4) where the fraction converges slowly.
func regularizedIncompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    if !(x > 0) { return 0 }
    if x >= 1 { return 1 }
    let logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log1p(-x)
    if x < (a + 1) / (a + b + 2) { return exp(logFront) * betaFraction(x, a, b) / a }
    return 1 - exp(logFront) * betaFraction(1 - x, b, a) / b
}

private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func away(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / away(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...10_000 {
        let m = Double(step)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / away(1 + even * d)
        c = away(1 + even / c)
        fraction *= d * c
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / away(1 + odd * d)
        c = away(1 + odd / c)
        fraction *= d * c
        if (d * c - 1).magnitude < 1e-16 { break }
    }
    return fraction
}
