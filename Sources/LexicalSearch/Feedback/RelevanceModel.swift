/// The relevance model RM1 of some scored documents, cut down to its best terms; see ``RM3``.
struct RelevanceModel {
    /// The weight of each term that was met.
    private var weights: [[UInt8]: Double] = [:]

    /// Adds a document by the terms that may be taken, with their frequencies, and its score.
    mutating func add(_ frequencies: [[UInt8]: Int], score: Double) {
        let length = frequencies.values.reduce(0, +)
        if length == 0 { return }
        for (term, frequency) in frequencies {
            weights[term, default: 0] += Double(frequency) / Double(length) * score
        }
    }

    /// The `count` terms of the highest weight, with weights that sum up to 1.
    func query(terms count: Int) -> WeightedQuery {
        let best = weights.sorted { one, other in
            one.value != other.value ? one.value > other.value : one.key.lexicographicallyPrecedes(other.key)
        }.prefix(count)
        return WeightedQuery(best.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }).normalized
    }
}
