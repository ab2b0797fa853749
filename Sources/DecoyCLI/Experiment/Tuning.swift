import Decoy

/// Options that are chosen on dev before anything is measured on the test split.
///
/// One after the other: the rate and the epochs, then the temperature, of the arm without mined negatives, so that mining is not flattered
/// by a badly tuned baseline; the pool of negatives, by the control with random ones; the margin of mined negatives, so that no recall is lost;
/// the weight of the hybrids, by the control's model.
struct Tuning {
    /// The options of every arm.
    private(set) var options: ExperimentOptions
    /// The weight of the cosine in the hybrids.
    private(set) var denseWeight: Double
    /// What was tried, a sentence each.
    private(set) var choices: [String] = []
    private let steps: ExperimentSteps
    private let measure: Measure

    /// Tries the values on the tuning split, by nDCG@10.
    init(_ steps: ExperimentSteps, options: ExperimentOptions) throws {
        self.steps = steps
        self.options = options
        measure = try Measure("nDCG@10")
        denseWeight = options.denseWeights.first ?? 1
        try chooseSteps()
        try choosePool()
        try chooseMargin()
        try chooseWeight()
    }

    /// One rate and temperature after so many epochs.
    private struct Trial {
        var rate: Double
        var temperature: Double
        var epochs: Int
        var value: Double
    }

    private mutating func chooseSteps() throws {
        let training = options.training
        let rates = options.learningRates.isEmpty ? [training.learningRate] : options.learningRates
        guard options.tunesEpochs || rates.count > 1 || !options.temperatures.isEmpty else { return }
        var tried: [Trial] = []
        for rate in rates { tried += try trials(rate: rate, temperature: training.temperature) }
        let first = tried.max { $0.value < $1.value }
        for temperature in options.temperatures where temperature != training.temperature {
            tried += try trials(rate: first?.rate ?? training.learningRate, temperature: temperature)
        }
        guard let best = tried.max(by: { $0.value < $1.value }) else { return }
        options.training.learningRate = best.rate
        options.training.epochs = best.epochs
        options.training.temperature = best.temperature
        var settings: [String] = []
        for trial in tried where !settings.contains(Self.name(trial)) { settings.append(Self.name(trial)) }
        let list = settings.map { name in
            let top = tried.filter { Self.name($0) == name }.max { $0.value < $1.value }
            return "\(name): \(NumberText.fixed(top?.value ?? 0)) after \(top?.epochs ?? 0)"
        }
        choices.append(
            "The learning rate \(best.rate), the temperature \(best.temperature) and \(best.epochs == 1 ? "1 epoch" : "\(best.epochs) epochs") "
                + "of all arms were chosen on \(steps.data.tuning.name) for the arm without mined negatives "
                + "(best nDCG@10 by rate and temperature, and epochs: \(list.joined(separator: "; "))).")
    }

    private static func name(_ trial: Trial) -> String { "\(trial.rate) and \(trial.temperature)" }

    private func trials(rate: Double, temperature: Double) throws -> [Trial] {
        var options = options
        options.training.learningRate = rate
        options.training.temperature = temperature
        let step = try steps.trained(
            .before, options: options, on: steps.data.tuningTrain, measured: steps.data.tuning,
            label: "tuning on \(steps.data.tuning.name), learning rate \(rate), temperature \(temperature):",
            followsDev: true)
        let values = step.record.report.evaluations.map(\.value)
        return values.indices.filter { options.tunesEpochs || $0 + 1 == values.count }
            .map { Trial(rate: rate, temperature: temperature, epochs: $0 + 1, value: values[$0]) }
    }

    private mutating func choosePool() throws {
        let usesPool = Arm.allCases.contains {
            $0.needsPool && options.systems.contains(ExperimentSystem.trained($0).name)
        }
        guard options.pools.count > 1, usesPool else { return }
        let evaluator = Evaluator(qrels: steps.data.tuning.qrels, measures: [measure])
        var values: [(pool: NegativePool, value: Double)] = []
        for pool in options.pools {
            options.pool = pool
            let run = try trained(.control, "pool \(pool.rawValue)").run(named: pool.rawValue, depth: options.depth)
            values.append((pool, try evaluator.evaluate(run).mean(of: measure) ?? 0))
        }
        guard let best = values.max(by: { $0.value < $1.value }) else { return }
        options.pool = best.pool
        let list = values.map { "\($0.pool.rawValue): \(NumberText.fixed($0.value))" }.joined(separator: "; ")
        choices.append(
            "The negatives of all arms come from the \(best.pool == .corpus ? "whole corpus" : "documents that are relevant to a training query"), "
                + "as was chosen on \(steps.data.tuning.name) for the control with random negatives (nDCG@10: \(list))."
        )
    }

    /// The smallest margin at which mined negatives cost no R@100 against in-batch ones, beyond chance; else the one that costs least.
    private mutating func chooseMargin() throws {
        let usesMargin = [Arm.after, .selfMined].first { options.systems.contains(ExperimentSystem.trained($0).name) }
        guard options.relativeMargins.count > 1, let arm = usesMargin else { return }
        let recall = try Measure("R@100")
        let evaluator = Evaluator(qrels: steps.data.tuning.qrels, measures: [recall])
        func evaluation(_ arm: Arm) throws -> Evaluation {
            try evaluator.evaluate(
                try trained(arm, "relative margin \(options.training.relativeMargin)").run(
                    named: arm.rawValue, depth: 100))
        }
        let before = try evaluation(.before)
        var tried: [(margin: Double, value: Double)] = []
        for margin in options.relativeMargins {
            options.training.relativeMargin = margin
            let mined = try evaluation(arm)
            tried.append((margin, mined.mean(of: recall) ?? 0))
            let compared = try Comparator().compare([(baseline: before, run: mined)])
            let loses = compared.contains { $0.difference < 0 && $0.p < 0.05 }
            if !loses { break }
            if margin == options.relativeMargins.last, let best = tried.max(by: { $0.value < $1.value }) {
                options.training.relativeMargin = best.margin
            }
        }
        let list = tried.map { "\($0.margin): \(NumberText.fixed($0.value))" }.joined(separator: "; ")
        choices.append(
            "The relative margin \(options.training.relativeMargin) of mined negatives is the smallest that costs no recall beyond chance "
                + "on \(steps.data.tuning.name), or else costs least (R@100: without mined negatives "
                + "\(NumberText.fixed(before.mean(of: recall) ?? 0)); by margin \(list)).")
    }

    private mutating func chooseWeight() throws {
        guard options.systems.contains(where: { $0.hasPrefix("hybrid") }) else { return }
        let split = steps.data.tuning
        let evaluator = Evaluator(qrels: split.qrels, measures: [measure])
        let control = try trained(.control, "hybrid")
        var highest = -1.0
        for weight in options.denseWeights {
            let run = try steps.hybrid(control, named: "hybrid", weight: weight, split: split, depth: options.depth)
            let value = try evaluator.evaluate(run).mean(of: measure) ?? 0
            if value > highest { (denseWeight, highest) = (weight, value) }
        }
        choices.append(
            "The hybrids are BM25/maximum + \(denseWeight) · cosine; the weight was chosen on \(split.name) with the control's model."
        )
    }

    private func trained(_ arm: Arm, _ what: String) throws -> TrainedStep {
        try steps.trained(
            arm, options: options, on: steps.data.tuningTrain, measured: steps.data.tuning,
            label: "tuning on \(steps.data.tuning.name), \(what):")
    }
}
