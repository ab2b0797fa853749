import Decoy

/// Chooses how runs are fused, on judged queries.
///
/// Method and normalisation are one more parameter of the search beside the weights: so a fold of the cross-validation knows nothing of that
/// choice either. The first run's weight is 1, as only ratios matter.
struct RunFusionTuner {
    private let runs: [Run]
    private let pools: [RankingPool]
    private let choices: [RunFusion]
    private let evaluator: Evaluator
    private var measure: Measure { evaluator.measures[0] }

    /// A tuner among some fusions, the first of which is the one to beat; `evaluator` has one measure.
    init(_ runs: [Run], choices: [RunFusion], evaluator: Evaluator) {
        self.runs = runs
        self.choices = choices
        self.evaluator = evaluator
        pools = RankingPool.pools(of: runs).filter { !evaluator.qrels[$0.queryID].isEmpty }
    }

    /// How many judged queries any run has.
    var queryCount: Int { pools.count }

    /// All that was tried.
    struct Result {
        var fusion: RunFusion
        var search: TuningResult
        var systems: [TunedRunFusion.System]
        var table: ResultTable
        var warnings: [String]
    }

    /// Searches; `progress` gets the number of fusions that were tried.
    func result(folds: Int, seed: UInt64, progress: @escaping (Int) -> Void) throws -> Result {
        var tried = 0
        let search = ParameterSearch(parameters, measure: measure) { point in
            tried += 1
            progress(tried)
            let fusion = fusion(at: point)
            return try evaluation("\(point)") { $0.fused(by: fusion, limit: measure.cutoff) }
        }
        let found = try TuningResult(search, folds: folds, seed: seed)
        let alone = try runs.enumerated().map { number, run in
            let values = try evaluation(run.name) {
                Ranking(queryID: $0.queryID, documents: $0.rankings[number])
            }
            return TunedRunFusion.System(name: run.name, mean: values.mean(of: measure) ?? 0)
        }
        let systems = alone + choices.indices.compactMap { best(choice: $0, of: found) }
        return Result(
            fusion: fusion(at: found.best.values), search: found, systems: systems, table: table(systems, found),
            warnings: TuningTables(found).warnings
                + alone.filter { $0.mean >= found.best.mean }.map {
                    "\($0.name) alone is as good as the best fusion: \(NumberText.fixed($0.mean))"
                })
    }

    /// The choice, then the weights of all runs but the first, where a choice takes any.
    private var parameters: [TuningParameter] {
        let choice = TuningParameter(
            "fusion", standard: 0, grid: choices.indices.map(Double.init), in: 0...Double(choices.count - 1),
            resolution: 1)
        guard choices.contains(where: \.method.takesWeights) else { return [choice] }
        let crossed = runs.count <= 3
        let grid = runs.count == 2 ? [0, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8] : [0, 0.25, 0.5, 1, 2, 4]
        return [choice]
            + runs.dropFirst().map { TuningParameter($0.name, standard: 1, grid: grid, in: 0...20, isCrossed: crossed) }
    }

    private func fusion(at point: [Double]) -> RunFusion {
        var fusion = choices[Int(point[0])]
        if fusion.method.takesWeights { fusion.weights = [1] + point.dropFirst() }
        return fusion
    }

    private func evaluation(_ name: String, _ ranking: (RankingPool) -> Ranking) throws -> Evaluation {
        var session = try evaluator.session(named: name)
        for pool in pools { try session.add(ranking(pool)) }
        return session.finish()
    }

    /// The best point of one choice; the first of equal ones.
    private func best(choice: Int, of found: TuningResult) -> TunedRunFusion.System? {
        var best: TuningResult.Point?
        for point in found.points where Int(point.values[0]) == choice && point.mean > best?.mean ?? -.infinity {
            best = point
        }
        let fusion = choices[choice]
        let name =
            fusion.method.looksAtScores
            ? "\(fusion.method.rawValue), \(fusion.normalization.rawValue)" : fusion.method.rawValue
        return best.map {
            TunedRunFusion.System(name: name, weights: self.fusion(at: $0.values).weights, mean: $0.mean)
        }
    }

    private func table(_ systems: [TunedRunFusion.System], _ found: TuningResult) -> ResultTable {
        var table = ResultTable(columns: [.init("", .left), .init("weights", .left), .init("\(measure)")])
        let chosen = runs.count + Int(found.best.values[0])
        for (place, system) in systems.enumerated() {
            let weights = system.weights.map { $0.map(Self.short).joined(separator: ",") } ?? ""
            table.append([system.name + (place == chosen ? " *" : ""), weights, NumberText.fixed(system.mean)])
        }
        if let validation = found.crossValidation {
            table.append(["held out, \(validation.folds) folds", "", NumberText.fixed(validation.heldOut)])
        }
        return table
    }

    /// A weight as a person writes it: `1`, `0.75`.
    private static func short(_ weight: Double) -> String {
        weight == weight.rounded() ? NumberText.fixed(weight, 0) : "\(weight)"
    }
}
