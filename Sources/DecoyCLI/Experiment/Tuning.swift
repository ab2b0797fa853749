import Decoy

/// Options that are chosen on dev before anything is measured on the test split.
///
/// The learning rate is that of the arm without mined negatives, so that mining is not flattered by a badly tuned baseline; the weight of the
/// hybrids is that of the control's model.
struct Tuning {
    /// The learning rate of every arm.
    var learningRate: Double
    /// The weight of the cosine in the hybrids.
    var denseWeight: Double
    /// What was tried, a sentence each.
    var notes: [String] = []

    /// Tries the rates and weights on the tuning split, by nDCG@10.
    init(_ steps: ExperimentSteps, options: ExperimentOptions) throws {
        let (train, split) = (steps.data.tuningTrain, steps.data.tuning)
        let measure = try Measure("nDCG@10")
        let evaluator = Evaluator(qrels: split.qrels, measures: [measure])
        var options = options
        var tried: [(rate: Double, score: Double)] = []
        for rate in options.learningRates {
            options.training.learningRate = rate
            let step = try steps.trained(
                .before, options: options, on: train, measured: split,
                label: "tuning on \(split.name), learning rate \(rate):")
            let run = step.run(named: "before", depth: options.depth)
            tried.append((rate, try evaluator.evaluate(run).mean(of: measure) ?? 0))
        }
        learningRate = tried.max { $0.score < $1.score }?.rate ?? options.training.learningRate
        if !tried.isEmpty {
            let list = tried.map { "\($0.rate): \(NumberText.fixed($0.score))" }.joined(separator: ", ")
            notes.append(
                "The learning rate \(learningRate) of all arms was chosen on \(split.name) for the arm without mined negatives "
                    + "(nDCG@10 by rate: \(list)).")
        }
        options.training.learningRate = learningRate
        denseWeight = options.denseWeights.first ?? 1
        guard options.systems.contains(where: { $0.hasPrefix("hybrid") }) else { return }
        let control = try steps.trained(
            .control, options: options, on: train, measured: split, label: "tuning on \(split.name), hybrid:")
        var best = -1.0
        for weight in options.denseWeights {
            let run = try steps.hybrid(control, named: "hybrid", weight: weight, split: split, depth: options.depth)
            let value = try evaluator.evaluate(run).mean(of: measure) ?? 0
            if value > best { (denseWeight, best) = (weight, value) }
        }
        notes.append(
            "The hybrids are BM25/maximum + \(denseWeight) · cosine; the weight was chosen on \(split.name) with the control's model."
        )
    }
}
