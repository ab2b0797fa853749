import RetrievalData

/// The evaluations of one system that was trained and run with several seeds.
public struct SeededEvaluations: Sendable, Hashable, Codable {
    /// The name of the system.
    public let name: String
    /// One evaluation a seed, all with the same queries and measures.
    public let evaluations: [Evaluation]
    /// The evaluation whose values are the means over seeds, query by query.
    public let averaged: Evaluation

    /// A system's evaluations, at least one; throws `EvaluationError.notComparable` where they differ in queries or measures.
    public init(name: String, evaluations: [Evaluation]) throws {
        guard let first = evaluations.first else { throw EvaluationError.noMeasures }
        for other in evaluations where other.queryIDs != first.queryIDs || other.measures != first.measures {
            throw EvaluationError.notComparable(
                one: name, other: other.name, reason: "the seeds' queries or measures differ")
        }
        self.name = name
        self.evaluations = evaluations
        var mean = first
        mean.name = name
        if evaluations.count > 1 {
            for measure in first.measures.indices {
                for query in first.queryIDs.indices {
                    mean.values[measure][query] = Statistics.mean(evaluations.map { $0.values[measure][query] })
                }
            }
        }
        averaged = mean
    }

    /// The mean over queries and seeds; nil for a measure that was not measured.
    public func mean(of measure: Measure) -> Double? { averaged.mean(of: measure) }

    /// The standard deviation (n − 1) of the means over the seeds, 0 for one seed; nil for a measure that was not measured.
    public func deviation(of measure: Measure) -> Double? {
        let means = evaluations.compactMap { $0.mean(of: measure) }
        return means.isEmpty ? nil : Statistics.deviation(means)
    }

    /// The differences from a baseline, a row for each seed of this system and a column for each query.
    ///
    /// Seeds pair by their order; a baseline with one evaluation is repeated. Nil where this system has one seed, the numbers of seeds
    /// differ, or the measure or the queries do.
    func differences(from baseline: SeededEvaluations, _ measure: Measure) -> [[Double]]? {
        let old = baseline.evaluations.compactMap { $0.values(of: measure) }
        let new = evaluations.compactMap { $0.values(of: measure) }
        guard new.count > 1, old.count == new.count || old.count == 1,
            baseline.averaged.queryIDs == averaged.queryIDs
        else { return nil }
        return new.indices.map { seed in zip(new[seed], old[old.count == 1 ? 0 : seed]).map { $0 - $1 } }
    }
}
