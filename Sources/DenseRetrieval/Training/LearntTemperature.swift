import Essentials

/// A temperature that is trained: its logarithm is a parameter with an Adam state of its own.
///
/// Where a loss depends on cos/τ alone, ∂L/∂ log τ = −Σᵢⱼ cos(i, j) ∂L/∂cos(i, j). It never falls below 0.01 (Radford et al.: Learning
/// Transferable Visual Models From Natural Language Supervision, 2021, section 2.5, which learns log 1/τ and clips 1/τ at 100).
struct LearntTemperature: Sendable, Hashable, Codable {
    private(set) var logarithm: Double
    private(set) var firstMoment = 0.0
    private(set) var secondMoment = 0.0

    static let lowest = 0.01

    init(_ temperature: Double) { logarithm = log(temperature) }

    /// τ.
    var value: Double { exp(logarithm) }

    /// One step of Adam, β₁ = 0.9, β₂ = 0.999; `slope` is ∂L/∂ log τ.
    mutating func step(_ number: Int, rate: Double, slope: Double) {
        firstMoment = 0.9 * firstMoment + 0.1 * slope
        secondMoment = 0.999 * secondMoment + 0.001 * slope * slope
        let first = firstMoment / (1 - pow(0.9, Double(number)))
        let second = secondMoment / (1 - pow(0.999, Double(number)))
        logarithm = max(logarithm - rate * first / (second.squareRoot() + 1e-8), log(Self.lowest))
    }
}
