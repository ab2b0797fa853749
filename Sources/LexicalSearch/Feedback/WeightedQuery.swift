/// A query as distinct terms of the index with weights, in ascending byte order of the terms.
public struct WeightedQuery: Sendable, CustomStringConvertible {
    /// The terms as they stand in the index, and their weights, all above 0.
    public let terms: [(term: String, weight: Double)]

    /// A query of terms; weights of the same term are added, and terms without a weight above 0 are dropped.
    public init(_ terms: some Sequence<(term: String, weight: Double)>) {
        let sorted = terms.sorted { $0.term.utf8.lexicographicallyPrecedes($1.term.utf8) }
        var merged: [(term: String, weight: Double)] = []
        for (term, weight) in sorted {
            if let last = merged.last, last.term.utf8.elementsEqual(term.utf8) {
                merged[merged.count - 1].weight += weight
            } else {
                merged.append((term, weight))
            }
        }
        self.terms = merged.filter { $0.weight > 0 && $0.weight.isFinite }
    }

    /// The terms with weights that sum up to 1.
    public var normalized: WeightedQuery {
        let sum = terms.reduce(0) { $0 + $1.weight }
        return WeightedQuery(terms.map { ($0.term, $0.weight / sum) })
    }

    /// `weight` times this query and the rest times another.
    public func interpolated(with other: WeightedQuery, weight: Double) -> WeightedQuery {
        WeightedQuery(
            terms.map { (term: $0.term, weight: weight * $0.weight) }
                + other.terms.map { (term: $0.term, weight: (1 - weight) * $0.weight) })
    }

    /// The terms with their weights.
    public var description: String { terms.map { "\($0.term)^\($0.weight)" }.joined(separator: " ") }
}
