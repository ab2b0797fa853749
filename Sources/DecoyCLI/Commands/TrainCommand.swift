import ArgumentParser
import Decoy
import DurableStorage

/// `decoy train`: trains a dual-encoder for a dataset.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Train a query/document dual-encoder on a dataset.",
        discussion: """
            Without --negatives the other documents of a batch are the negatives. With a file of mined negatives they are used as they
            are, or, with --refresh-negatives N, as candidates that the model ranks again every N epochs (--refresh-steps: steps). The losses margin-mse and kl learn
            from the scores of such a file (mine --output-scores); --lexical-weight adds them to the cosines, so that the model learns what
            BM25 lacks (for hybrids).

            EXAMPLES
              decoy train scifact -o scifact.model
              decoy mine scifact.index --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv \\
                --num-negatives 100 --relative-margin -1 --output-format ids -o candidates.jsonl
              decoy train scifact -o scifact.model --negatives candidates.jsonl --refresh-negatives 2
              decoy train scifact -o scifact.model --negatives easy-to-hard.jsonl --negative-order curriculum
              decoy train scifact -o scifact.model --guide first.model --guide-margin 0.05
              decoy train scifact -o scifact.model --loss kl --negatives scored.jsonl
              decoy train scifact -o scifact.model --lexical-weight 0.5 --negatives scored.jsonl
              decoy train scifact -o scifact.model --encoder potion-base-8M
              decoy train scifact -o scifact.model --tokenizer bert-base-uncased/tokenizer.json
              decoy train scifact -o scifact.model --encoder all-MiniLM-L6-v2 --gradient-cache 32 --batch-size 128
              decoy train scifact -o scifact.model --encoder e5-small-v2 --query-prompt "query: " --document-prompt "passage: " --lora-rank 8
              decoy train scifact -o scifact.model --encoder all-MiniLM-L6-v2 --distill
              decoy train scifact -o scifact.model --optimizer adamw --weight-decay 0.1
              decoy train scifact -o scifact.model --matryoshka 64,128,256
              decoy train scifact -o scifact.model --checkpoint-every 500
              decoy train scifact -o scifact.model --checkpoint-every 500 --resume
            """.flowing)

    @Argument(help: ArgumentHelp("A dataset folder in BEIR layout.", valueName: "dataset"), completion: .directory)
    var dataset: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("The model folder to write.", valueName: "model"),
        completion: .directory)
    var output: String

    @Option(help: "The split to train on.")
    var split = "train"

    @Option(help: "The split that the trained model is measured on, if the dataset has it.")
    var devSplit = "dev"

    @Option(
        help: ArgumentHelp("Mined negatives, as decoy mine writes them (any format).", valueName: "file"),
        completion: .file())
    var negatives: String?

    @OptionGroup var ordering: NegativeOrderFlag

    @OptionGroup var starting: StartFlags

    @OptionGroup var training: TrainingFlags

    @OptionGroup var guiding: GuideFlags

    @Flag(name: [.short, .long], help: "Replace the model if it is there.")
    var force = false

    @OptionGroup var evaluating: DevFlags

    @OptionGroup var checkpointing: CheckpointFlags

    @OptionGroup var common: CommonOptions

    func run() throws {
        try OutputFolder.model.check(output, replace: force)
        try evaluating.check(devSplit: devSplit, split: split)
        let order = try ordering.order(of: negatives, isReranked: training.ranksNegatives)
        let source = try BEIRDataset(path: dataset)
        let qrels = try source.qrels(split: split)
        let queries = try source.queries(judgedIn: qrels, split: split)
        let reading = ProgressLine("reading", unit: "documents", quiet: common.quiet)
        var documents: [Document] = []
        try source.documents { batch in
            documents += batch
            reading.update(documents.count)
        }
        reading.finish()
        var experiment = ExperimentOptions()
        experiment.training = try training.options(
            pairs: qrels.count, threads: common.threadCount, forTransformer: starting.isTransformer())
        if let option = training.optionThatNeedsScores, negatives == nil {
            throw UsageProblem(
                "\(option) learns from a teacher's scores; mine with --output-scores and give the file with --negatives"
            )
        }
        experiment.training.negativeOrder = order
        try guiding.apply(to: &experiment.training)
        let size = experiment.vocabularySize
        let start = try starting.start(
            options: &experiment.training, dimension: training.dimension, transformer: training.transformer,
            documents: documents, pairs: qrels.count, say: { common.say($0) }
        ) {
            Vocabulary.learn(documents: documents, queries: queries, size: size)
        }
        let options = experiment.training
        let given = try negatives.map {
            try MinedFile(
                path: $0, queries: queries, documents: documents, requiringScores: options.needsScores)
        }
        let checkpoints = try checkpointing.checkpoints(of: output, replace: force)
        let lab = TrainingLab(documents: documents, start: start, options: experiment)
        var set = try lab.trainingSet(queries: queries, qrels: qrels)
        if options.needsScores { try set.addTeacherScores(given?.examples ?? []) }
        if let checkpoints, checkpointing.resume {
            common.say(
                checkpoints.lastStep.map { "resuming at step \($0)" }
                    ?? "\(checkpoints.path): no checkpoint; starting at the first step")
        }
        let guide = try guiding.guide(for: set, documents: documents, queries: queries, threads: options.threads)
        let dev = try evaluating.evaluation(lab: lab, source: source, split: devSplit)
        let steps = options.steps(pairs: set.pairCount)
        let progress = ProgressLine(
            "training", unit: "steps", total: steps, from: checkpoints?.lastStep ?? 0, quiet: common.quiet)
        let trained = try checkpointing.deferringInterruption(checkpoints) {
            try lab.train(
                given?.source(options: options, refresh: training.refreshNegatives ?? 0) ?? .inBatch, set: set,
                options: options, guide: guide, checkpoints: checkpoints, dev: dev
            ) { step, _, detail in progress.update(step, detail: detail) }
        }
        progress.finish()

        var record = ModelRecord(
            options: options, report: trained.report, data: source.name, program: DecoyVersion.current)
        record.start = starting.name
        if source.splits.contains(devSplit), devSplit != split {
            record.notes = try measure(trained.model, lab: lab, source: source)
        }
        record.notes += guiding.notes(trained.report)
        if let dev { record.notes += DevFlags.notes(dev, trained.report) }
        let adapters = AdapterWeights(trained, options: options, base: starting.encoder)
        try Checkpoint.write(trained.model, record: record, adapters: adapters, to: output, overwrite: force)
        try checkpoints?.remove()
        common.say(
            """
            trained on \(set.pairCount) pairs, \(trained.report.steps) steps, \(Int(trained.report.pairsPerSecond)) pairs/s; \
            loss \(trained.report.epochLosses.map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: " → "))
            """)
        if let learnt = trained.report.temperature { common.say("temperature \((learnt * 10_000).rounded() / 10_000)") }
        for note in record.notes { common.say(note) }
    }

    private func measure(_ model: DualEncoder, lab: TrainingLab, source: BEIRDataset) throws -> [String] {
        let qrels = try source.qrels(split: devSplit)
        let measures = try Measure.list("RR@10 nDCG@10 R@100")
        let retriever = try lab.retriever(model, named: "dense")
        let run = try retriever.run(try source.queries(judgedIn: qrels, split: devSplit), k: 100)
        let evaluation = try Evaluator(qrels: qrels, measures: measures).evaluate(run)
        return measures.map { measure in
            "\(measure) on \(source.name)/\(devSplit): \(((evaluation.mean(of: measure) ?? 0) * 10_000).rounded() / 10_000)"
        }
    }
}
