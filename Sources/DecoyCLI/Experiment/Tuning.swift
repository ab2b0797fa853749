import Decoy

/// Options that are chosen on dev before anything is measured on the test split.
///
/// Rate and epochs are those of the arm without mined negatives, so that mining is not flattered by a badly tuned baseline; the weight of the
/// hybrids is that of the control's model.
struct Tuning {
    /// The learning rate of every arm.
    var learningRate: Double
    /// How often every arm sees each pair.
    var epochs: Int
    /// The weight of the cosine in the hybrids.
    var denseWeight: Double
    /// What was tried, a sentence each.
    var notes: [String] = []

    /// Tries rates, epochs and weights on the tuning split, by nDCG@10.
    init(_ steps: ExperimentSteps, options: ExperimentOptions) throws {
        let (train, split) = (steps.data.tuningTrain, steps.data.tuning)
        let measure = try Measure("nDCG@10")
        let evaluator = Evaluator(qrels: split.qrels, measures: [measure])
        var options = options
        var tried: [Trial] = []
        let rates = options.learningRates.isEmpty ? [options.training.learningRate] : options.learningRates
        if options.tunesEpochs || rates.count > 1 {
            for rate in rates {
                options.training.learningRate = rate
                let step = try steps.trained(
                    .before, options: options, on: train, measured: split,
                    label: "tuning on \(split.name), learning rate \(rate):", followsDev: true)
                let values = step.record.report.evaluations.map(\.value)
                tried += values.indices.filter { options.tunesEpochs || $0 + 1 == values.count }
                    .map { Trial(rate: rate, epochs: $0 + 1, value: values[$0]) }
            }
        }
        let best = tried.max { $0.value < $1.value }
        learningRate = best?.rate ?? options.training.learningRate
        epochs = best?.epochs ?? options.training.epochs
        if let best {
            let list = rates.map { rate in
                let top = tried.filter { $0.rate == rate }.max { $0.value < $1.value }
                return "\(rate): \(NumberText.fixed(top?.value ?? 0)) after \(top?.epochs ?? 0)"
            }
            notes.append(
                "The learning rate \(best.rate) and \(best.epochs == 1 ? "1 epoch" : "\(best.epochs) epochs") of all arms were chosen on "
                    + "\(split.name) for the arm without mined negatives (best nDCG@10 by rate, and epochs: \(list.joined(separator: "; ")))."
            )
        }
        options.training.epochs = epochs
        options.training.learningRate = learningRate
        denseWeight = options.denseWeights.first ?? 1
        guard options.systems.contains(where: { $0.hasPrefix("hybrid") }) else { return }
        let control = try steps.trained(
            .control, options: options, on: train, measured: split, label: "tuning on \(split.name), hybrid:")
        var highest = -1.0
        for weight in options.denseWeights {
            let run = try steps.hybrid(control, named: "hybrid", weight: weight, split: split, depth: options.depth)
            let value = try evaluator.evaluate(run).mean(of: measure) ?? 0
            if value > highest { (denseWeight, highest) = (weight, value) }
        }
        notes.append(
            "The hybrids are BM25/maximum + \(denseWeight) · cosine; the weight was chosen on \(split.name) with the control's model."
        )
    }

    /// One rate after so many epochs.
    private struct Trial {
        var rate: Double
        var epochs: Int
        var value: Double
    }
}
