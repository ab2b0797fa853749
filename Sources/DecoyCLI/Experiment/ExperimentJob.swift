import Decoy
import DurableStorage
import Essentials

/// One call of `decoy experiment`, from reading the dataset to the last file of its folder.
struct ExperimentJob {
    let command: ExperimentCommand
    let setup: ExperimentSetup
    let folder: String
    let started: ContinuousClock.Instant

    /// Does the whole job and returns its figures.
    func run() throws -> ExpectedFigures {
        let common = command.common
        var options = setup.options
        let reading = ProgressLine("reading", unit: "documents", quiet: common.quiet)
        let data = try ExperimentData(setup.source, options: options) { reading.update($0) }
        reading.finish()
        let readSeconds = reading.elapsed
        common.say(
            """
            \(data.name): \(data.documents.count) documents, \(data.train.queries.count) training queries, \
            \(data.test.queries.count) \(options.split) queries
            """)
        let (analyzer, note) = try (command.analyzer ?? .profile("english")).options(sample: data.documents)
        if let note { common.say(note) }
        options.analyzer = try analyzer.segmented(command.segmentation)
        let pairs = data.train.qrels.count
        let isTransformer = try command.starting.isTransformer()
        options.training = try command.training.options(
            pairs: pairs, threads: common.threadCount, forTransformer: isTransformer)
        options.learningRates =
            command.training.learningRate == nil
            ? command.training.automaticRates(pairs: pairs, forTransformer: isTransformer) : []
        // A rate that falls to 0 with the last step says nothing of fewer epochs.
        options.tunesEpochs = command.training.epochs == nil && options.training.decay == .none
        options.temperatures =
            command.training.temperature == nil
            ? command.training.automaticTemperatures(forTransformer: isTransformer) : []
        options.relativeMargins = command.training.relativeMargin == nil ? [0, 0.1, 0.3] : []
        options.training.candidateDepth = options.candidateDepth
        options.start = command.starting.name

        let indexing = ProgressLine("indexing", unit: "documents", total: data.documents.count, quiet: common.quiet)
        let job = IndexJob(storeText: true, memory: 512 << 20, threads: common.threadCount)
        _ = try job.build(data.documents, by: options.analyzer, at: folder + "/index") { indexing.update($0) }
        indexing.finish()
        let indexSeconds = indexing.elapsed
        let reader = try IndexReader(path: folder + "/index")
        let searcher = try Searcher(reader: reader, similarity: options.bm25, threads: common.threadCount)

        let start = try start(&options, data: data)
        let lab = Deferred { [options] in
            let start = try start.value()
            common.say("vocabulary of \(start.tokenizer.vocabularySize) subwords")
            return TrainingLab(documents: data.documents, start: start, options: options)
        }
        let inputs = ExperimentProvenance.inputs(
            setup.source, splits: [options.trainSplit, options.devSplit, options.split])
        let store = StepStore(path: command.noSteps ? nil : command.steps ?? Self.stepsFolder(beside: command.output))
        var line: (label: String, bar: ProgressLine)?
        let steps = try ExperimentSteps(
            data: data, searcher: searcher, store: store, lab: lab, corpus: inputs["corpus"] ?? data.name,
            start: command.starting.fingerprint() + " " + command.training.transformer.fingerprint, options: options
        ) { label, done, total, detail in
            if line?.label != label {
                line?.bar.finish()
                line = (label, ProgressLine(label, unit: "", total: total, quiet: common.quiet))
            }
            line?.bar.update(done, detail: detail)
        }
        var runner = ExperimentRunner(
            steps: steps, options: options, systems: setup.systems, encoders: setup.encoders,
            ablations: setup.ablations,
            startsFromTransformer: isTransformer)
        var outcome = try runner.run()
        line?.bar.finish()
        if store.reused > 0, let path = store.path {
            common.say("\(store.reused) of \(store.reused + store.computed) steps were in \(path) already")
        }
        try ExperimentFindings(data: data, searcher: searcher, systems: setup.systems).fill(&outcome)
        outcome.results.timings["read"] = readSeconds
        outcome.results.timings["index"] = indexSeconds
        outcome.results.timings["total"] = (ContinuousClock.now - started).seconds
        outcome.results.provenance = try ExperimentProvenance.make(
            source: setup.source, inputs: inputs, options: runner.options,
            arguments: try ConfigurationArguments.expand(Array(CommandLine.arguments.dropFirst())))
        try ExperimentOutput(folder: folder, outcome: outcome).write()
        Console.output(
            command.json ? try StableJSON.text(outcome.results) : ExperimentOutput.terminalText(outcome.results))
        return ExpectedFigures(outcome.results, index: reader)
    }

    /// What training starts from: made when a step needs it, but a table that is there is read at once, since it sets the dimension.
    private func start(
        _ options: inout ExperimentOptions, data: ExperimentData
    ) throws -> Deferred<TrainingStart> {
        let (command, size, pairs) = (command, options.vocabularySize, data.train.qrels.count)
        func make(_ training: inout TrainingOptions) throws -> TrainingStart {
            try command.starting.start(
                options: &training, dimension: command.training.dimension, transformer: command.training.transformer,
                documents: data.documents, pairs: pairs, say: { command.common.say($0) }
            ) {
                Vocabulary.learn(documents: data.documents, queries: data.train.queries, size: size)
            }
        }
        if command.starting.encoder != "static" {
            let start = try make(&options.training)
            return Deferred { start }
        }
        let training = options.training
        return Deferred {
            var training = training
            return try make(&training)
        }
    }

    /// `out.steps` for `out` and `out/`.
    private static func stepsFolder(beside output: String) -> String {
        String(output.withoutTrailingSlashes) + ".steps"
    }
}
