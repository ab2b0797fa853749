import Decoy

/// Measures other values of mining options on dev, and what training without mined negatives reaches there.
struct AblationStudy {
    let steps: ExperimentSteps
    let options: ExperimentOptions

    /// A row for each value; none where nothing is to be tried.
    func results(_ ablations: [Ablation]) throws -> [AblationResult] {
        if ablations.isEmpty { return [] }
        var results = try [(Arm.before, "in-batch alone"), (.control, "random"), (.after, "mined")].map { arm, words in
            try result("negatives", words, arm, options, isUsed: arm == .after)
        }
        for ablation in ablations {
            for value in ablation.values {
                let changed = try ablation.applied(value, to: options)
                if ablation.option == Ablation.trainShare {
                    results.append(try result(ablation.option, "\(value), before", .before, changed, isUsed: false))
                }
                let name = ablation.option == Ablation.trainShare ? "\(value), after" : value
                results.append(try result(ablation.option, name, .after, changed, isUsed: changed == options))
            }
        }
        return results
    }

    private func result(
        _ option: String, _ value: String, _ arm: Arm, _ options: ExperimentOptions, isUsed: Bool
    ) throws -> AblationResult {
        let split = steps.data.tuning
        let train = Self.part(steps.data.tuningTrain, share: options.trainShare)
        let evaluator = Evaluator(qrels: split.qrels, measures: try Measure.list(options.measures))
        let evaluations = try (1...UInt64(options.seeds)).map { seed in
            var options = options
            options.training.seed = seed
            let step = try steps.trained(
                arm, options: options, on: train, measured: split,
                label: "\(option) \(value), seed \(seed):")
            return try evaluator.evaluate(step.run(named: value, depth: options.depth))
        }
        let system = SystemResult(try SeededEvaluations(name: value, evaluations: evaluations))
        return AblationResult(
            option: option, value: value, isUsed: isUsed, split: split.name, measures: system.measures,
            deviation: system.deviation)
    }

    /// A share of a split's queries; a larger share holds the smaller one.
    private static func part(_ split: ExperimentData.Split, share: Double) -> ExperimentData.Split {
        if share >= 1 { return split }
        return split.filtered(name: "\(share) of \(split.name)") {
            Double(StableHash.fnv1a64(Array($0.utf8), seed: 1) >> 11) < share * Double(1 << 53)
        }
    }
}
