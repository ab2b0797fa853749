import ArgumentParser
import Decoy

/// The options of evaluating on the dev split while a model is trained.
struct DevFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Measure on the dev split every so many steps, or once an epoch (epoch); the best model is written.",
            valueName: "steps|epoch"))
    var evaluateEvery: String?

    @Option(help: "Stop after so many evaluations that were not better than the best; 0 for never.")
    var patience = 0

    @Option(help: "What is measured.", completion: MeasureHelp.completion)
    var devMeasure = "nDCG@10"

    private func steps() throws -> Int? {
        guard let evaluateEvery else { return nil }
        if evaluateEvery == "epoch" { return 0 }
        guard let steps = Int(evaluateEvery), steps >= 1 else {
            throw UsageProblem("--evaluate-every: \(evaluateEvery) cannot be used; expected 1 or more, or epoch")
        }
        return steps
    }

    /// Throws what cannot be right, before any work is done.
    func check(devSplit: String, split: String) throws {
        if patience < 0 { throw UsageProblem("--patience: \(patience) cannot be used; expected 0 or more") }
        guard try steps() != nil else {
            if patience > 0 { throw UsageProblem("--patience: needs --evaluate-every STEPS or epoch") }
            return
        }
        _ = try measure()
        if devSplit == split || devSplit == "test" {
            throw UsageProblem("--dev-split: \(devSplit) must not choose the model; name another split")
        }
    }

    private func measure() throws -> Measure {
        let measures = try Measure.list(devMeasure)
        guard let measure = measures.first, measures.count == 1 else {
            throw UsageProblem("--dev-measure: \(devMeasure) cannot be used; expected one measure")
        }
        return measure
    }

    /// The evaluation on a split of the dataset; nil where none was asked for.
    func evaluation(lab: TrainingLab, source: BEIRDataset, split: String) throws -> DevEvaluation? {
        guard let every = try steps() else { return nil }
        guard source.splits.contains(split) else {
            let question = Suggestion.question(for: split, among: source.splits).map { " \($0)" } ?? ""
            throw UsageProblem(
                "--evaluate-every: \(source.name) has no split \(split);\(question) name one of its splits with --dev-split"
            )
        }
        let measure = try measure()
        let qrels = try source.qrels(split: split)
        let queries = try source.queries(judgedIn: qrels, split: split)
        let evaluator = Evaluator(qrels: qrels, measures: [measure])
        return DevEvaluation(
            every: every, patience: patience, name: "\(measure) on \(source.name)/\(split)",
            data: ExperimentData.Split(name: split, queries: queries, qrels: qrels).fingerprint
        ) { model in
            let run = try lab.retriever(model, named: "dense").run(queries, k: measure.cutoff ?? 1000)
            return try evaluator.evaluate(run).mean(of: measure) ?? 0
        }
    }

    /// What the model card says of it.
    static func notes(_ dev: DevEvaluation, _ report: TrainingReport) -> [String] {
        guard let best = report.bestEvaluation.map({ report.evaluations[$0] }) else { return [] }
        let figures = report.evaluations.map { "\($0.step): \(($0.value * 10_000).rounded() / 10_000)" }
        return ["\(dev.name), by step: " + figures.joined(separator: ", "), "the model is that of step \(best.step)"]
    }
}
