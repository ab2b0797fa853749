import Essentials

/// How the values of a run's queries become the run's figure.
public enum MeasureAggregation: Sendable, Hashable {
    /// The arithmetic mean.
    case mean
    /// The sum, for counts.
    case sum
    /// The geometric mean, with values below 0.00001 raised to it, as trec_eval's `gm_map`.
    case geometricMean

    /// trec_eval's MIN_GEO_MEAN: a query without any success does not make the product 0.
    static let floor = 0.00001

    /// The figure of the values; 0 where there are none.
    ///
    /// Complexity: O(values).
    public func figure(of values: [Double]) -> Double {
        switch self {
        case .mean: return Statistics.mean(values)
        case .sum: return values.reduce(0, +)
        case .geometricMean:
            return values.isEmpty ? 0 : exp(Statistics.mean(values.map { log(max($0, Self.floor)) }))
        }
    }
}
