import Decoy

/// Makes of runs and evaluations what a report shows: figures, comparisons, leaks, curves, cases.
struct ExperimentFindings {
    let data: ExperimentData
    let searcher: Searcher
    let systems: [ExperimentSystem]

    /// Fills the results.
    func fill(_ outcome: inout ExperimentRunner.Outcome) throws {
        var seeded: [String: SeededEvaluations] = [:]
        for (name, evaluations) in outcome.evaluations {
            let system = try SeededEvaluations(name: name, evaluations: evaluations)
            seeded[name] = system
            outcome.results.systems[name] = SystemResult(system, intervalLevel: 0.95)
        }
        let pairs = ExperimentSystem.pairs(among: systems).compactMap { pair in
            seeded[pair.baseline.name].flatMap { baseline in
                seeded[pair.run.name].map { (baseline: baseline, run: $0) }
            }
        }
        outcome.results.comparisons = try Comparator(intervalLevel: 0.95).compare(pairs)
        outcome.results.unjudged = try UnjudgedReport(
            qrels: data.test.qrels,
            systems: systems.compactMap { system in
                outcome.systemRuns[system.name].map { UnjudgedReport.System(name: system.name, runs: $0) }
            }, pairs: pairs.map { ($0.baseline.name, $0.run.name) })
        addLeaks(seeded, to: &outcome.results)
        outcome.results.curves = systems.compactMap { system in
            outcome.systemRuns[system.name].map {
                RankCurve(system: system.name, runs: $0, qrels: data.test.qrels, depths: Self.depths($0))
            }
        }
        addHardness(outcome.models, to: &outcome.results)
        try addCases(outcome, seeded, to: &outcome.results)
    }

    private func addLeaks(_ seeded: [String: SeededEvaluations], to results: inout ExperimentResults) {
        let leak = LeakReport(
            train: data.train.qrels, test: data.test.qrels, queries: data.train.queries + data.test.queries,
            evaluations: seeded.values.map(\.averaged).sorted { $0.name < $1.name })
        results.leak = leak
        if leak.sharedShare > 0.05, let unseen = leak.systems["after"]?.unseen,
            let measure = results.measures.first?.description, let value = unseen[measure]
        {
            results.notes.append(
                "Of the relevant documents of this split \(Int((leak.sharedShare * 100).rounded())) % are relevant documents of the train "
                    + "split too; on the \(leak.unseenQueries) queries without any, after reaches \(measure) \(NumberText.fixed(value))."
            )
        }
        if leak.identicalQueryCount > 0 {
            results.notes.append(
                "\(leak.identicalQueryCount) of \(data.test.queries.count) queries of this split have the text of a training query."
            )
        }
        if leak.nearDuplicateCount > 0 {
            results.notes.append(
                "\(leak.nearDuplicateCount) of \(data.test.queries.count) queries of this split nearly equal a training query (similarity \(leak.nearDuplicateThreshold) or more)."
            )
        }
    }

    /// Depths on a scale of 1, 2, 5, down to the deepest ranking.
    private static func depths(_ runs: [Run]) -> [Int] {
        let deepest = runs.lazy.flatMap(\.rankings).map(\.documents.count).max() ?? 1
        var depths: [Int] = []
        var unit = 1
        while unit <= deepest {
            depths += [unit, 2 * unit, 3 * unit, 5 * unit, 7 * unit].filter { $0 <= deepest }
            unit *= 10
        }
        return depths.isEmpty ? [1] : depths
    }

    private func addHardness(_ models: [(arm: Arm, step: TrainedStep)], to results: inout ExperimentResults) {
        let probed = models.filter { [.before, .after].contains($0.arm) && !$0.step.record.gaps.isEmpty }
        let edges = HardnessProbe.edges(probed.map(\.step.record.gaps))
        results.hardness = probed.map {
            NegativeHardness(system: $0.arm.rawValue, gaps: $0.step.record.gaps, edges: edges)
        }
    }

    private func addCases(
        _ outcome: ExperimentRunner.Outcome, _ seeded: [String: SeededEvaluations], to results: inout ExperimentResults
    ) throws {
        guard let measure = results.measures.first, let before = seeded["before"], let after = seeded["after"],
            let oldRun = outcome.systemRuns["before"]?.first, let newRun = outcome.systemRuns["after"]?.first,
            let oldValues = before.evaluations.first?.values(of: measure),
            let newValues = after.evaluations.first?.values(of: measure),
            let oldMeans = before.averaged.values(of: measure), let newMeans = after.averaged.values(of: measure)
        else { return }
        let queries = before.averaged.queryIDs
        results.changes = queries.indices.map {
            QueryChange(queryID: queries[$0], before: oldMeans[$0], after: newMeans[$0])
        }
        results.cases = try CaseSelection(data: data, searcher: searcher).cases(
            before: (oldRun, oldValues), after: (newRun, newValues), queryIDs: queries)
    }
}
