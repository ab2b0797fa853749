import Decoy
import Foundation

/// Runs the whole job: BM25, the arms over all seeds, the hybrid, and the comparisons.
struct ExperimentRunner {
    let data: ExperimentData
    let lexical: any Retriever
    let store: any DocumentStore
    let start: TrainingStart
    var options: ExperimentOptions
    let say: (String) -> Void
    let progress: (String, Int, Int, String) -> Void

    /// What the run leaves besides the results: models and runs to be written.
    struct Outcome {
        var results: ExperimentResults
        var runs: [(name: String, run: Run)] = []
        var models: [(arm: Arm, trained: TrainedModel, options: TrainingOptions)] = []
        var negatives = ""
        /// What training started from; nil for random rows.
        var start: String?
    }

    /// Computes everything; `timings` are the seconds of the steps before.
    mutating func run(timings started: [String: Double]) throws -> Outcome {
        var timings = started
        let measures = try Measure.list(options.measures)
        let evaluator = Evaluator(qrels: data.test.qrels, measures: measures)
        var outcome = Outcome(
            results: ExperimentResults(
                dataset: data.name, split: options.split, seeds: (1...UInt64(options.seeds)).map { $0 },
                measures: measures, notes: data.notes))

        let lexicalRun = try timed("search", &timings) { try lexical.run(data.test.queries, k: options.depth) }
        outcome.start = options.start
        outcome.runs.append(("bm25", lexicalRun))
        var systems = ["bm25": [try evaluator.evaluate(named("bm25", lexicalRun))]]

        say("vocabulary of \(start.tokenizer.vocabularySize) subwords")
        let lab = TrainingLab(documents: data.documents, start: start, options: options)
        let candidates = try timed("mine", &timings) { try mine(data.train) }
        outcome.negatives = candidates.rows
        outcome.results.mining = try ReportValue(encoding: candidates.report)
        let set = try lab.trainingSet(queries: data.train.queries, qrels: data.train.qrels)

        let tuning = try timed("tune", &timings) { try tune(lab, set: set, candidates: candidates) }
        options.training.learningRate = tuning.learningRate
        outcome.results.notes += tuning.notes

        for seed in outcome.results.seeds {
            var training = options.training
            training.seed = seed
            for arm in Arm.allCases {
                let start = ContinuousClock.now
                let trained = try lab.train(
                    arm.source(candidates, options: training), set: set, options: training
                ) { step, total, detail in
                    progress("seed \(seed), \(arm.rawValue):", step, total, detail)
                }
                timings["train \(arm.rawValue)", default: 0] += (ContinuousClock.now - start).seconds
                if seed == 1, arm != .untrained { outcome.models.append((arm, trained, training)) }
                let dense = try timed("encode", &timings) {
                    try lab.retriever(trained.model, named: arm.rawValue)
                }
                let run = try timed("search", &timings) { try dense.run(data.test.queries, k: options.depth) }
                outcome.runs.append(("\(arm.rawValue).seed\(seed)", run))
                systems[arm.rawValue, default: []].append(try evaluator.evaluate(named(arm.rawValue, run)))
                if arm == .after {
                    let hybrid = HybridRetriever(
                        lexical: lexical, dense: dense, fusion: .weighted(weight: tuning.denseWeight),
                        depth: options.depth)
                    let run = try timed("search", &timings) { try hybrid.run(data.test.queries, k: options.depth) }
                    outcome.runs.append(("hybrid.seed\(seed)", run))
                    systems["hybrid", default: []].append(try evaluator.evaluate(named("hybrid", run)))
                }
            }
        }
        try summarise(systems, into: &outcome)
        outcome.results.timings = timings
        return outcome
    }

    private func mine(_ split: ExperimentData.Split) throws -> NegativeCandidates {
        try NegativeCandidates(for: split, retriever: lexical, store: store, options: options) {
            progress("mining:", $0.queries, $0.total, "")
        }
    }

    private func tune(
        _ lab: TrainingLab, set: TrainingSet, candidates: NegativeCandidates
    ) throws -> Tuning {
        let separate = data.tuningTrain.queries.count != data.train.queries.count
        return try Tuning(
            lab: lab,
            set: separate ? try lab.trainingSet(queries: data.tuningTrain.queries, qrels: data.tuningTrain.qrels) : set,
            candidates: separate ? try mine(data.tuningTrain) : candidates, lexical: lexical, split: data.tuning,
            options: options
        ) { progress("tuning on \(data.tuning.name):", $0, $1, $2) }
    }

    private func summarise(_ systems: [String: [Evaluation]], into outcome: inout Outcome) throws {
        var seeded: [String: SeededEvaluations] = [:]
        for (name, evaluations) in systems {
            let system = try SeededEvaluations(name: name, evaluations: evaluations)
            seeded[name] = system
            outcome.results.systems[name] = SystemResult(system)
        }
        let pairs = [
            ("before", "after"), ("control", "after"), ("before", "control"), ("bm25", "after"), ("bm25", "hybrid"),
        ]
        outcome.results.comparisons = try Comparator(intervalLevel: 0.95).compare(
            pairs.compactMap { pair in
                guard let baseline = seeded[pair.0], let run = seeded[pair.1] else { return nil }
                return (baseline: baseline, run: run)
            })
        outcome.results.leak = LeakReport(
            train: data.train.qrels, test: data.test.qrels, queries: data.train.queries + data.test.queries,
            evaluations: seeded.values.map(\.averaged).sorted { $0.name < $1.name })
        if let leak = outcome.results.leak, leak.sharedShare > 0.05, let unseen = leak.systems["after"]?.unseen,
            let measure = outcome.results.measures.first?.description, let value = unseen[measure]
        {
            outcome.results.notes.append(
                "Of the relevant documents of this split \(Int((leak.sharedShare * 100).rounded())) % are relevant documents of the train "
                    + "split too; on the \(leak.unseenQueries) queries without any, after reaches \(measure) \(NumberText.fixed(value))."
            )
        }
    }

    private func named(_ name: String, _ run: Run) -> Run {
        var run = run
        run.name = name
        return run
    }

    private func timed<R>(_ step: String, _ timings: inout [String: Double], _ body: () throws -> R) rethrows -> R {
        let start = ContinuousClock.now
        let result = try body()
        timings[step, default: 0] += (ContinuousClock.now - start).seconds
        return result
    }
}
