import Decoy

/// Tries fusions on judged queries that were searched once.
struct FusionTuner {
    private let candidates: [FusionCandidates]
    private let evaluator: Evaluator

    private static let depth = 100
    private static let weights = [0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8]
    private static let normalizations: [ScoreNormalization] = [.maximum, .minMax, .zScore]

    /// Searches the queries with both retrievers of a hybrid; `progress` gets the number of those answered.
    init(
        _ hybrid: HybridRetriever, queries: [Query], evaluator: Evaluator, progress: (Int) -> Void
    ) throws {
        self.evaluator = evaluator
        var found: [FusionCandidates] = []
        try hybrid.forEachCandidates(queries, k: evaluator.measures.compactMap(\.cutoff).max() ?? 1000) {
            found.append($0)
            progress(found.count)
        }
        candidates = found
    }

    /// The number of queries.
    var queryCount: Int { candidates.count }

    /// All that was tried.
    struct Result {
        var best: (fusion: TunedFusion, mean: Double)
        var systems: [TunedHybrid.System]
        var table: ResultTable
        var warnings: [String]
    }

    /// Chooses a weight for each normalisation, then the best of them and reciprocal ranks; equal means keep the first.
    func result(folds: Int, seed: UInt64) throws -> Result {
        let measure = evaluator.measures[0]
        func mean(_ name: String, _ ranking: (FusionCandidates) -> [ScoredDocument]) throws -> Double {
            try evaluation(name, ranking).mean(of: measure) ?? 0
        }
        var systems = [
            TunedHybrid.System(name: "bm25", mean: try mean("bm25") { $0.lexical }),
            TunedHybrid.System(name: "dense", mean: try mean("dense") { $0.dense }),
        ]
        var best: (fusion: TunedFusion, mean: Double) = (.rrf, try mean("rrf") { $0.fused(by: .rrf) })
        systems.append(TunedHybrid.System(name: "rrf", mean: best.mean))
        for normalization in Self.normalizations {
            let parameter = TuningParameter("weight", standard: 1, grid: Self.weights, in: 0...20)
            let search = ParameterSearch([parameter], measure: measure) { point in
                try evaluation("\(point)") {
                    $0.fused(by: .weighted(weight: point[0], normalization: normalization))
                }
            }
            let found = try TuningResult(search, folds: folds, seed: seed)
            let weight = found.best.values[0]
            systems.append(
                TunedHybrid.System(
                    name: "weighted, \(normalization.rawValue)", denseWeight: weight, mean: found.best.mean,
                    heldOut: found.crossValidation?.heldOut))
            if found.best.mean > best.mean {
                best = (
                    TunedFusion(kind: .weighted, denseWeight: weight, normalization: normalization), found.best.mean
                )
            }
        }
        return Result(
            best: best, systems: systems, table: table(systems, best: best.mean, folds: folds),
            warnings: warnings(systems, best: best.mean))
    }

    private func evaluation(
        _ name: String, _ ranking: (FusionCandidates) -> [ScoredDocument]
    ) throws -> Evaluation {
        var session = try evaluator.session(named: name)
        for candidates in candidates {
            try session.add(Ranking(queryID: candidates.queryID, documents: ranking(candidates)))
        }
        return session.finish()
    }

    private func table(_ systems: [TunedHybrid.System], best: Double, folds: Int) -> ResultTable {
        let crossed = systems.contains { $0.heldOut != nil }
        var table = ResultTable(
            columns: [.init("", .left), .init("weight"), .init("\(evaluator.measures[0])")]
                + (crossed ? [.init("held out, \(folds) folds")] : []))
        for system in systems {
            let mark = system.mean == best && system.name != "bm25" && system.name != "dense" ? " *" : ""
            table.append(
                [
                    system.name + mark, system.denseWeight.map { "\($0)" } ?? "", NumberText.fixed(system.mean),
                ] + (crossed ? [system.heldOut.map { NumberText.fixed($0) } ?? ""] : []))
        }
        return table
    }

    private func warnings(_ systems: [TunedHybrid.System], best: Double) -> [String] {
        systems.filter { ($0.name == "bm25" || $0.name == "dense") && $0.mean >= best }
            .map { "\($0.name) alone is as good as the best hybrid: \(NumberText.fixed($0.mean))" }
    }
}
