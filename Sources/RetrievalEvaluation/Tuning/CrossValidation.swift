import RetrievalData

/// What a search over parameters gains on queries that it did not see.
///
/// The queries are divided into folds; for each fold the whole search is made on the others, and the point that it finds is measured on the
/// fold. The difference from the standard point, over all folds, does not flatter the search, as the gain on its own queries does (Stone,
/// Cross-Validatory Choice and Assessment of Statistical Predictions, JRSS B 36, 1974).
public struct CrossValidation: Sendable, Hashable, Codable {
    /// The number of folds.
    public var folds: Int
    /// The seed of the division; a query's fold depends on it and on the ids alone.
    public var seed: UInt64
    /// The mean of the measure at the standard point.
    public var standard: Double
    /// The mean at the points that were found without the query's fold.
    public var heldOut: Double
    /// Their difference.
    public var gain: Double
    /// The two-sided p-value of the paired randomization test of the difference.
    public var p: Double
    /// The point that each fold's search found.
    public var points: [[Double]]

    /// Makes the searches; nil where there are fewer than two queries a fold or fewer than two folds.
    public init?(_ search: ParameterSearch, folds: Int, seed: UInt64) throws {
        let standard = try search.values(at: search.standard)
        let count = search.queryIDs.count
        guard folds >= 2, count >= 2 * folds else { return nil }
        let order = search.queryIDs.enumerated()
            .map { (hash: StableHash.fnv1a64($0.element, seed: seed), place: $0.offset) }
            .sorted { ($0.hash, $0.place) < ($1.hash, $1.place) }
            .map(\.place)
        var values = standard
        points = []
        for fold in 0..<folds {
            let others = order.enumerated().filter { $0.offset % folds != fold }.map(\.element).sorted()
            let point = try search.best(over: others)
            let found = try search.values(at: point)
            for (rank, place) in order.enumerated() where rank % folds == fold { values[place] = found[place] }
            points.append(point)
        }
        self.folds = folds
        self.seed = seed
        self.standard = Statistics.mean(standard)
        heldOut = Statistics.mean(values)
        gain = heldOut - self.standard
        p = RandomizationTest(permutations: 10_000, seed: seed)
            .pValue(differences: zip(values, standard).map { $0 - $1 })
    }
}
