import Decoy

/// Runs the whole job: BM25, the arms over all seeds, the hybrids, models from elsewhere, the ablations.
struct ExperimentRunner {
    let steps: ExperimentSteps
    var options: ExperimentOptions
    let systems: [ExperimentSystem]
    /// Models that were trained elsewhere, by name.
    let encoders: [String: DualEncoder]
    let ablations: [Ablation]
    /// Whether training starts from a transformer, which no seed changes before the first step.
    let startsFromTransformer: Bool

    /// What the run leaves besides the results: models and runs to be written.
    struct Outcome {
        var results: ExperimentResults
        var runs: [(name: String, run: Run)] = []
        var models: [(arm: Arm, step: TrainedStep)] = []
        var negatives = ""
        /// What training started from; nil for random rows.
        var start: String?
        /// All evaluations of each system, one a seed, and its runs.
        var evaluations: [String: [Evaluation]] = [:]
        var systemRuns: [String: [Run]] = [:]
    }

    /// Computes everything.
    mutating func run() throws -> Outcome {
        let data = steps.data
        let measures = try Measure.list(options.measures)
        let evaluator = Evaluator(qrels: data.test.qrels, measures: measures)
        var outcome = Outcome(
            results: ExperimentResults(
                dataset: data.name, split: options.split, seeds: (1...UInt64(options.seeds)).map { $0 },
                measures: measures, notes: data.notes))
        outcome.start = options.start
        func add(_ system: ExperimentSystem, _ run: Run, seed: UInt64?) throws {
            var run = run
            run.name = system.name
            outcome.runs.append((seed.map { "\(system.name).seed\($0)" } ?? system.name, run))
            outcome.evaluations[system.name, default: []].append(try evaluator.evaluate(run))
            outcome.systemRuns[system.name, default: []].append(run)
        }
        try add(.bm25, try steps.lexicalRun(data.test, depth: options.depth), seed: nil)
        let tuning = try Tuning(steps, options: options)
        options = tuning.options
        outcome.results.choices = tuning.choices
        let candidates = try steps.candidates(data.train, options)
        outcome.negatives = candidates.rows
        outcome.results.mining = try JSONTree(encoding: candidates.report)

        // One epoch makes no curve.
        let followsDev = data.hasDev && options.training.epochs > 1
        for seed in outcome.results.seeds {
            var options = options
            options.training.seed = seed
            for case .trained(let arm) in systems {
                let isFixed = arm == .untrained && startsFromTransformer
                if isFixed { options.training.seed = 1 }
                defer { options.training.seed = seed }
                let step = try steps.trained(
                    arm, options: options, on: data.train, measured: data.test,
                    label: "seed \(seed), \(arm.rawValue):", keepsModel: seed == 1 || isFixed,
                    followsDev: seed == 1 && arm != .untrained && followsDev)
                if seed == 1, arm != .untrained { outcome.models.append((arm, step)) }
                if arm != .untrained { outcome.results.learning.append(curve(step, arm, seed)) }
                try add(.trained(arm), step.run(named: arm.rawValue, depth: options.depth), seed: seed)
                if systems.contains(.hybrid(arm)) {
                    let system = ExperimentSystem.hybrid(arm)
                    let run = try steps.hybrid(
                        step, named: system.name, weight: tuning.denseWeight, split: data.test, depth: options.depth)
                    try add(system, run, seed: seed)
                }
            }
        }
        for (name, model) in encoders.sorted(by: { $0.key < $1.key }) {
            let run = try steps.encoded(
                model, named: name, split: data.test, depth: options.depth, threads: options.training.threads)
            try add(.encoder(name), run, seed: nil)
        }
        outcome.results.ablations = try AblationStudy(steps: steps, options: options).results(ablations)
        outcome.results.timings = steps.seconds
        return outcome
    }

    private func curve(_ step: TrainedStep, _ arm: Arm, _ seed: UInt64) -> LearningCurve {
        let values = step.record.report.evaluations.map(\.value)
        return LearningCurve(
            system: arm.rawValue, seed: seed, losses: step.record.report.epochLosses,
            devMeasure: values.isEmpty ? nil : "nDCG@10 on \(steps.data.tuning.name)", devValues: values)
    }
}
