import RetrievalData

/// Compares systems query by query: difference, p-value, interval, wins and losses.
public struct Comparator: Sendable {
    /// The test of each difference.
    public var test: any PairedTest
    /// The correction over all comparisons of one call.
    public var correction: Correction
    /// The level of the bootstrap interval; nil for none.
    public var intervalLevel: Double?
    /// The number of bootstrap resamples.
    public var resamples: Int
    /// The seed of the bootstrap.
    public var seed: UInt64

    /// A comparator.
    public init(
        test: any PairedTest = PairedTTest(), correction: Correction = .holm, intervalLevel: Double? = nil,
        resamples: Int = 10_000, seed: UInt64 = 0
    ) {
        self.test = test
        self.correction = correction
        self.intervalLevel = intervalLevel
        self.resamples = resamples
        self.seed = seed
    }

    /// Compares each pair on each measure of its baseline (or on those given), pair after pair, and corrects over all of them.
    ///
    /// Throws `EvaluationError.notComparable` where two evaluations differ in their queries or a measure is missing.
    public func compare(
        _ pairs: [(baseline: Evaluation, run: Evaluation)], measures: [Measure]? = nil
    ) throws -> [Comparison] {
        var comparisons: [Comparison] = []
        for pair in pairs {
            for measure in measures ?? pair.baseline.measures {
                comparisons.append(try compare(pair.baseline, pair.run, measure))
            }
        }
        for (place, p) in correction.corrected(comparisons.map(\.p)).enumerated() { comparisons[place].pCorrected = p }
        return comparisons
    }

    /// Compares systems that were run with several seeds each.
    ///
    /// The values of a query are averaged over the seeds of a system first; the test is then paired over queries. Seeds are therefore not
    /// treated as further queries, which would make any difference significant by adding seeds. `p` speaks of other queries with these
    /// seeds, `pMixed` of other queries and other seeds (`MixedTest`): seeds pair by their order, a baseline with one evaluation stands
    /// for every seed of the run, and `pMixed` is nil where the run has one seed or the numbers of seeds differ.
    public func compare(
        _ pairs: [(baseline: SeededEvaluations, run: SeededEvaluations)], measures: [Measure]? = nil
    ) throws -> [Comparison] {
        var comparisons = try compare(pairs.map { ($0.baseline.averaged, $0.run.averaged) }, measures: measures)
        var place = 0
        for pair in pairs {
            for measure in measures ?? pair.baseline.averaged.measures {
                if let differences = pair.run.differences(from: pair.baseline, measure) {
                    comparisons[place].pMixed = MixedTest().pValue(differences: differences)
                }
                place += 1
            }
        }
        return comparisons
    }

    private func compare(_ baseline: Evaluation, _ run: Evaluation, _ measure: Measure) throws -> Comparison {
        func fail(_ reason: String) -> EvaluationError {
            .notComparable(one: baseline.name, other: run.name, reason: reason)
        }
        if baseline.queryIDs != run.queryIDs { throw fail("their queries differ") }
        guard let old = baseline.values(of: measure), let new = run.values(of: measure) else {
            throw fail("\(measure) was not measured for both")
        }
        let differences = zip(new, old).map { $0 - $1 }
        let wins = differences.count { $0 > Comparison.tie }
        let losses = differences.count { $0 < -Comparison.tie }
        let p = test.pValue(differences: differences)
        return Comparison(
            baseline: baseline.name, run: run.name, measure: measure, difference: Statistics.mean(differences), p: p,
            pCorrected: p, wins: wins, ties: differences.count - wins - losses, losses: losses,
            queries: differences.count,
            interval: intervalLevel.map {
                BootstrapInterval(ofMean: differences, level: $0, resamples: resamples, seed: seed)
            }, effectSize: EffectSize.paired(differences),
            minimumDetectable: EffectSize.minimumDetectable(differences), test: test.name, correction: correction)
    }
}
