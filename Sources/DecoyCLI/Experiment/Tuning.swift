import Decoy

/// Options that are chosen on dev before anything is measured on the test split.
///
/// The learning rate is that of the arm without mined negatives, so that mining is not flattered by a badly tuned baseline; the weight of the
/// hybrid is that of the control's model.
struct Tuning {
    /// The learning rate of every arm.
    var learningRate: Double
    /// The weight of the cosine in the hybrid.
    var denseWeight: Double
    /// What was tried, a sentence each.
    var notes: [String] = []

    /// Tries the rates and weights on a split, by nDCG@10.
    init(
        lab: TrainingLab, set: TrainingSet, candidates: NegativeCandidates, lexical: any Retriever,
        split: ExperimentData.Split, options: ExperimentOptions, progress: (Int, Int, String) -> Void
    ) throws {
        let measure = try Measure("nDCG@10")
        let evaluator = Evaluator(qrels: split.qrels, measures: [measure])
        func score(_ retriever: any Retriever) throws -> Double {
            try evaluator.evaluate(try retriever.run(split.queries, k: options.depth)).mean(of: measure) ?? 0
        }
        var training = options.training
        let steps = options.learningRates.count + 1
        var tried: [(rate: Double, score: Double)] = []
        for (place, rate) in options.learningRates.enumerated() {
            training.learningRate = rate
            let trained = try lab.train(.inBatch, set: set, options: training) { _, _, detail in
                progress(place, steps, "learning rate \(rate), \(detail)")
            }
            tried.append((rate, try score(try lab.retriever(trained.model, named: "before"))))
        }
        learningRate = tried.max { $0.score < $1.score }?.rate ?? options.training.learningRate
        if !tried.isEmpty {
            let list = tried.map { "\($0.rate): \(Self.fixed($0.score))" }.joined(separator: ", ")
            notes.append(
                "The learning rate \(learningRate) of all arms was chosen on \(split.name) for the arm without mined negatives "
                    + "(nDCG@10 by rate: \(list)).")
        }
        training.learningRate = learningRate
        let control = try lab.train(
            Arm.control.source(candidates, options: training), set: set, options: training
        ) { _, _, detail in
            progress(steps - 1, steps, detail)
        }
        let dense = try lab.retriever(control.model, named: "control")
        var best = (weight: options.denseWeights.first ?? 1, score: -1.0)
        for weight in options.denseWeights {
            let value = try score(
                HybridRetriever(
                    lexical: lexical, dense: dense, fusion: .weighted(weight: weight), depth: options.depth))
            if value > best.score { best = (weight, value) }
        }
        denseWeight = best.weight
        notes.append(
            "The hybrid is BM25/maximum + \(denseWeight) · cosine; the weight was chosen on \(split.name) with the control's model."
        )
    }

    private static func fixed(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
}
