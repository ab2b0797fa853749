/// What a search over parameters found, and how far that can be believed.
public struct TuningResult: Sendable, Hashable, Codable {
    /// A point that was evaluated, with the mean of the measure.
    public struct Point: Sendable, Hashable, Codable {
        /// The value of each parameter, in the order of `parameters`.
        public var values: [Double]
        /// The mean of the measure over all queries.
        public var mean: Double
    }

    /// What was searched over.
    public var parameters: [TuningParameter]
    /// What was made as high as possible.
    public var measure: Measure
    /// The number of queries.
    public var queries: Int
    /// The point of the standard values.
    public var standard: Point
    /// The best point.
    public var best: Point
    /// The two-sided p-value of the paired randomization test of the best against the standard point.
    ///
    /// Too small by nature: the best is the best of many on these very queries.
    public var p: Double
    /// The gain on queries that the search did not see; nil where there were too few.
    public var crossValidation: CrossValidation?
    /// All points that the search looked at, in the order in which it did.
    public var points: [Point]

    /// Searches; with fewer than two folds there is no cross-validation.
    public init(_ search: ParameterSearch, folds: Int = 5, seed: UInt64 = 1) throws {
        func point(_ values: [Double]) throws -> Point { Point(values: values, mean: try search.mean(at: values)) }
        parameters = search.parameters
        measure = search.measure
        best = try point(try search.best())
        standard = try point(search.standard)
        queries = search.queryIDs.count
        let differences = try zip(search.values(at: best.values), search.values(at: standard.values)).map { $0 - $1 }
        p = RandomizationTest(permutations: 10_000, seed: seed).pValue(differences: differences)
        points = try search.points.map(point)
        crossValidation = try CrossValidation(search, folds: folds, seed: seed)
    }

    /// What the best point gains over the standard one, on the queries it was chosen with.
    public var gain: Double { best.mean - standard.mean }
}
