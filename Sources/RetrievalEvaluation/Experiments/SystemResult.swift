/// The figures of one system of an experiment.
public struct SystemResult: Sendable, Hashable, Codable {
    /// The means over queries and seeds by measure.
    public var measures: [String: Double]
    /// The means over queries by measure for each seed, in the order of the seeds; one entry where no seed plays a part.
    public var perSeed: [[String: Double]]
    /// The standard deviation (n − 1) over seeds by measure; nil for a single seed.
    public var deviation: [String: Double]?
    /// Bootstrap intervals over queries by measure; nil where none were made.
    public var intervals: [String: BootstrapInterval]?

    /// A result from its parts.
    public init(
        measures: [String: Double], perSeed: [[String: Double]], deviation: [String: Double]? = nil,
        intervals: [String: BootstrapInterval]? = nil
    ) {
        self.measures = measures
        self.perSeed = perSeed
        self.deviation = deviation
        self.intervals = intervals
    }

    /// The figures of a system's evaluations; with an interval level also bootstrap intervals of the means over queries.
    public init(_ system: SeededEvaluations, intervalLevel: Double? = nil, resamples: Int = 10_000, seed: UInt64 = 0) {
        var deviations: [String: Double] = [:]
        var intervals: [String: BootstrapInterval] = [:]
        for measure in system.averaged.measures {
            deviations[measure.description] = system.deviation(of: measure)
            if let intervalLevel, let values = system.averaged.values(of: measure) {
                intervals[measure.description] = BootstrapInterval(
                    ofMean: values, level: intervalLevel, resamples: resamples, seed: seed)
            }
        }
        self.init(
            measures: system.averaged.means, perSeed: system.evaluations.map(\.means),
            deviation: system.evaluations.count > 1 ? deviations : nil,
            intervals: intervalLevel == nil ? nil : intervals)
    }
}
