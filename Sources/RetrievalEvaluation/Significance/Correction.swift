/// How p-values are corrected for the number of comparisons in a report.
public enum Correction: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not at all.
    case none
    /// Holm's step-down method, which bounds the chance of any false claim (Holm, Scand. J. Statist. 6, 1979).
    case holm
    /// Benjamini and Hochberg's step-up method, which bounds the expected share of false claims (J. R. Statist. Soc. B 57, 1995).
    case benjaminiHochberg = "benjamini-hochberg"

    /// The corrected p-values in the order of the given ones.
    ///
    /// Complexity: O(n log n).
    public func corrected(_ pValues: [Double]) -> [Double] {
        let count = pValues.count
        // Equal p-values get equal corrections whatever their order.
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        var corrected = pValues
        switch self {
        case .none: break
        case .holm:
            var highest = 0.0
            for (place, index) in order.enumerated() {
                highest = max(highest, pValues[index] * Double(count - place))
                corrected[index] = min(highest, 1)
            }
        case .benjaminiHochberg:
            var lowest = 1.0
            for (place, index) in order.enumerated().reversed() {
                lowest = min(lowest, pValues[index] * Double(count) / Double(place + 1))
                corrected[index] = lowest
            }
        }
        return corrected
    }
}
