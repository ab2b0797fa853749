import ArgumentParser
import Decoy
import DurableStorage
import Foundation

/// `decoy experiment`: the whole job, from text files to a report.
struct ExperimentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "experiment",
        abstract: "Index, search, mine, train before and after, evaluate, and report: the whole job.",
        discussion: """
            Compares BM25; the untrained encoder; training before mining (in-batch negatives alone); a control (as many random
            negatives); training after mining (BM25 candidates that the model ranks again as it trains); and a hybrid of BM25 and the
            last. Every arm has the same pairs, epochs, rate and pool of negatives. The learning rate is tuned on dev for the arm
            without mined negatives.

            DIR gets results.json, report.html, report.md, runs/, negatives.jsonl, models/ and the index.

            EXAMPLES
              decoy experiment corpora/homonyms -o out
              decoy experiment scifact -o out --seeds 5 --dimension 512
              decoy experiment debian -o out --learning-rate 0.1 --epochs 5
              decoy experiment debian -o out --encoder potion-base-8M
            """)

    @Argument(help: ArgumentHelp("A dataset folder in BEIR layout.", valueName: "dataset"))
    var dataset: String

    @Option(name: [.short, .long], help: ArgumentHelp("The folder to write.", valueName: "dir"))
    var output: String

    @Option(help: "The split that is measured.")
    var split = "test"

    @Option(help: "The split that is trained on.")
    var trainSplit = "train"

    @Option(help: "The split that options are tuned on; without it, a fifth of the training queries.")
    var devSplit = "dev"

    @Option(help: "How many seeds each trained arm is run with.")
    var seeds = 3

    @Option(name: [.short, .long], help: "Measures, separated by spaces or commas.")
    var measures = "RR@10 nDCG@10 R@100"

    @Option(help: AnalyzerArgument.help)
    var analyzer: AnalyzerArgument?

    @Option(help: Segmentation.help)
    var segmentation: Segmentation?

    @Option(help: ArgumentHelp("Take BM25's parameters from a file of decoy tune.", valueName: "file"))
    var tuned: String?

    @Option(help: "Where negatives may come from: train-positives or corpus.")
    var pool: ExperimentOptions.Pool = .trainPositives

    @Option(help: "BM25 candidates that the model looks at for each training query.")
    var candidateDepth: Int?

    @OptionGroup var starting: StartFlags

    @OptionGroup var training: TrainingFlags

    @Flag(name: [.short, .long], help: "Replace the folder if it is there.")
    var force = false

    @Flag(help: "Print the results as JSON instead of tables.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...100).contains(seeds) else { throw ValidationError("--seeds \(seeds): give 1 to 100") }
    }

    func run() throws {
        let started = ContinuousClock.now
        try OutputFolder.experiment.check(output, replace: force)
        if let option = training.optionThatNeedsScores {
            throw UsageProblem(
                "\(option) learns from scores of mined documents, which an experiment does not have; use decoy train with --negatives"
            )
        }
        let wanted = try Measure.list(measures)
        if wanted.isEmpty { throw UsageProblem("--measures is empty; name at least one, such as nDCG@10") }
        let source = try BEIRDataset(path: dataset)
        var options = ExperimentOptions()
        if let tuned { options.bm25 = try TunedParameters.choice(path: tuned).similarity }
        (options.split, options.trainSplit, options.devSplit) = (split, trainSplit, devSplit)
        options.seeds = seeds
        options.measures = wanted.map(\.description).joined(separator: " ")
        options.depth = max(100, wanted.compactMap(\.cutoff).max() ?? 1000)
        options.pool = pool
        try FolderReplacement.write(path: output, overwrite: force) { folder in
            try fill(folder.path, source: source, options: &options, started: started)
        }
        common.say(
            "wrote \(output) in \(ProgressLine.duration((ContinuousClock.now - started).seconds)); open \(output)/report.html"
        )
    }

    private func fill(
        _ folder: String, source: BEIRDataset, options: inout ExperimentOptions, started: ContinuousClock.Instant
    ) throws {
        let reading = ProgressLine("reading", unit: "documents", quiet: common.quiet)
        let data = try ExperimentData(source, options: options) { reading.update($0) }
        reading.finish()
        common.say(
            """
            \(data.name): \(data.documents.count) documents, \(data.train.queries.count) training queries, \
            \(data.test.queries.count) \(split) queries
            """)
        let (analyzerOptions, note) = try (analyzer ?? .profile("english")).options(sample: data.documents)
        if let note { common.say(note) }
        options.analyzer = try analyzerOptions.segmented(segmentation)
        options.training = try training.options(pairs: data.train.qrels.count, threads: common.threadCount)
        options.learningRates =
            training.learningRate == nil ? training.automaticRates(pairs: data.train.qrels.count) : []
        options.candidateDepth = candidateDepth ?? options.candidateDepth
        options.training.candidateDepth = options.candidateDepth

        var timings: [String: Double] = ["read": reading.elapsed]
        let learning = ContinuousClock.now
        let size = options.vocabularySize
        let start = try starting.start(
            options: &options.training, dimension: training.dimension, documents: data.documents,
            pairs: data.train.qrels.count, say: { common.say($0) }
        ) {
            Vocabulary.learn(documents: data.documents, queries: data.train.queries, size: size)
        }
        options.start = starting.name
        timings["vocabulary"] = (ContinuousClock.now - learning).seconds
        let indexing = ProgressLine("indexing", unit: "documents", total: data.documents.count, quiet: common.quiet)
        let index = folder + "/index"
        let job = IndexJob(storeText: true, memory: 512 << 20, threads: common.threadCount)
        _ = try job.build(data.documents, by: options.analyzer, at: index) { indexing.update($0) }
        indexing.finish()
        timings["index"] = indexing.elapsed

        let searcher = try Searcher(
            reader: IndexReader(path: index), similarity: options.bm25, threads: common.threadCount)
        var line: (label: String, bar: ProgressLine)?
        var runner = ExperimentRunner(
            data: data, lexical: searcher, store: searcher, start: start, options: options, say: common.say
        ) { label, done, total, detail in
            if line?.label != label {
                line?.bar.finish()
                line = (label, ProgressLine(label, unit: "", total: total, quiet: common.quiet))
            }
            line?.bar.update(done, detail: detail)
        }
        var outcome = try runner.run(timings: timings)
        line?.bar.finish()
        outcome.results.timings["total"] = (ContinuousClock.now - started).seconds
        outcome.results.provenance = try ExperimentProvenance.make(source: source, options: runner.options)
        try ExperimentOutput(folder: folder, outcome: outcome).write()
        Console.output(json ? try StableJSON.text(outcome.results) : ExperimentOutput.terminalText(outcome.results))
    }
}

extension ExperimentOptions.Pool: ExpressibleByArgument {}
