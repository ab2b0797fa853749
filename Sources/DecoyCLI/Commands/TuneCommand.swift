import ArgumentParser
import Decoy
import DurableStorage

/// `decoy tune`: chooses BM25's parameters on judged queries.
struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Choose BM25's parameters or a hybrid's weights on judged queries.",
        discussion: """
            Tries every combination of the grids of k1 and b, then, in an index with fields, other weights of each field but the one
            with the most text, then refines the best one parameter at a time in steps halved down to 0.05; the defaults (k1 1.2, b 0.75) stay unless something is better. A gain on the queries that were tuned on flatters:
            with --folds (5) the search is repeated without each fold in turn and measured on it, which is what other queries gain.

            With --dense VECTORS and --model MODEL BM25 stays as it is (--tuned FILE, or the defaults), and what is chosen is how a hybrid joins its score
            with the cosine: reciprocal ranks, or a weight after one of the normalisations.

            Nothing may be tuned on what is reported, so a split or a file of judgements named test is refused, unless --force.

            EXAMPLES
              decoy tune scifact.index scifact --split train -o tuned.json
              decoy tune my.index --queries q.jsonl --qrels dev.tsv -m RR@10 -o tuned.json
              decoy search my.index --tuned tuned.json --queries q.jsonl -o run.trec
              decoy tune my.index my --split dev --tuned tuned.json --dense my.vectors --model my.model -o hybrid.json
              decoy search my.index --dense my.vectors --model my.model --tuned hybrid.json "river bank"
            """.flowing)

    @Argument(help: "A lexical index.", completion: .directory)
    var index: String

    @Argument(
        help: ArgumentHelp("A dataset folder in BEIR layout, instead of --queries and --qrels.", valueName: "dataset"),
        completion: .directory)
    var dataset: String?

    @Option(help: "The split of the dataset to tune on. (default: dev)")
    var split: String?

    @Option(help: ArgumentHelp("The queries (.jsonl or .tsv).", valueName: "file"), completion: .file())
    var queries: String?

    @Option(help: ArgumentHelp("The relevance judgements (BEIR or TREC).", valueName: "file"), completion: .file())
    var qrels: String?

    @Option(
        name: [.short, .long], help: "What is made as high as possible; without a cut-off it looks at 1000 documents.",
        completion: MeasureHelp.completion)
    var measure = "nDCG@10"

    @Option(help: "The form of BM25. (default: lucene)")
    var similarity: BM25Variant?

    @Option(
        name: .customLong("k1-grid"),
        help: "The values of k1 that are tried first, separated by spaces or commas. (default: \(Self.k1Values))")
    var k1Grid: String?

    @Option(
        name: .customLong("b-grid"), help: "The values of b that are tried first. (default: \(Self.bValues))")
    var bGrid: String?

    @Option(
        help: ArgumentHelp("Tune a hybrid of the index and these vectors.", valueName: "vectors"),
        completion: .directory)
    var dense: String?

    @Option(help: ArgumentHelp("The model that made the vectors.", valueName: "model"), completion: .directory)
    var model: String?

    @Option(
        help: ArgumentHelp("BM25's parameters in a hybrid, from an earlier decoy tune.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var tuned: String?

    private static let k1Values = "0.3 0.6 0.9 1.2 1.6 2 2.5 3"
    private static let bValues = "0 0.2 0.4 0.6 0.75 0.9 1"

    @Option(help: "Folds of the cross-validation; 0 for none.")
    var folds = 5

    @Option(help: "The seed of the folds and of the randomization tests.")
    var seed: UInt64 = 1

    @Flag(help: "Leave out a document whose id is the query's.")
    var excludeQueryID = false

    @Flag(name: [.short, .long], help: "Tune on a test split all the same.")
    var force = false

    @Flag(help: "Print the result as JSON instead of tables.")
    var json = false

    @Option(
        name: [.short, .long], help: ArgumentHelp("Save the result, for search --tuned.", valueName: "file"),
        completion: .file())
    var output: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if dataset == nil {
            guard queries != nil, qrels != nil else {
                throw ValidationError("give a dataset folder, or both --queries FILE and --qrels FILE")
            }
            if split != nil { throw ValidationError("--split goes with a dataset folder") }
        } else if queries != nil || qrels != nil {
            throw ValidationError("give either a dataset folder or --queries and --qrels")
        }
        guard folds == 0 || (2...100).contains(folds) else {
            throw ValidationError("--folds \(folds): give 0 (none) or 2 to 100")
        }
        if dense == nil {
            guard model == nil, tuned == nil else {
                throw ValidationError("--model and --tuned go with --dense VECTORS: they belong to a hybrid")
            }
        } else {
            guard similarity == nil, k1Grid == nil, bGrid == nil else {
                throw ValidationError(
                    "--similarity, --k1-grid and --b-grid tune BM25, which --dense leaves as --tuned FILE says; tune it first, without --dense"
                )
            }
        }
    }

    func run() throws {
        guard let output else { return try tune { _ in } }
        // Opened before the work begins: a place that cannot be written is known at once.
        try AtomicFile.write(path: output) { file in try tune { try file.write($0) } }
    }

    private func tune(save: (String) throws -> Void) throws {
        let wanted = try Measure(measure)
        let data = try TuningData(
            dataset: dataset, split: split, queries: queries, qrels: qrels, allowingTest: force)
        try FolderKind.lexicalIndex.require(at: index)
        let reader = try IndexReader(path: index)
        let evaluator = Evaluator(
            qrels: data.qrels, measures: [wanted], options: EvaluationOptions(excludeQueryID: excludeQueryID))
        if let dense { return try tuneFusion(reader, dense, data, evaluator, save: save) }
        let tuner = BM25Tuner(
            reader: reader, variant: similarity ?? .lucene, queries: data.queries, evaluator: evaluator,
            threads: common.threadCount)
        let progress = ProgressLine("tuning", unit: "points", quiet: common.quiet)
        let search = try tuner.search(
            k1: numbers(k1Grid ?? Self.k1Values, "--k1-grid", 0...1000),
            b: numbers(bGrid ?? Self.bValues, "--b-grid", 0...1)
        ) { progress.update($0) }
        let result = try TuningResult(search, folds: folds, seed: seed)
        progress.finish()
        let tuned = TunedParameters(
            similarity: tuner.similarity(result.best.values), fields: try tuner.fields(result.best.values),
            measure: wanted, value: result.best.mean,
            defaultValue: result.standard.mean, split: data.name, queries: result.queries,
            index: .init(documents: reader.documentCount, analyzer: reader.analyzerIdentity.options.name),
            search: result)
        let text = try StableJSON.text(tuned)
        try save(text)
        if output != "-" { Console.output(json ? text : TuningTables(result).text, terminator: "") }
        for remark in data.remarks + TuningTables(result).warnings { common.say(remark) }
    }

    private func tuneFusion(
        _ reader: IndexReader, _ dense: String, _ data: TuningData, _ evaluator: Evaluator,
        save: (String) throws -> Void
    ) throws {
        let chosen = try tuned.map(TunedParameters.choice(path:))
        let similarity = chosen?.similarity ?? BM25()
        let lexical = try Searcher(
            reader: reader, similarity: similarity, threads: common.threadCount, fields: chosen?.fields)
        let vectors = try IndexedDocumentsRetriever(
            RetrieverOptions.openVectors(dense, model: model, threads: common.threadCount), at: dense, beside: reader)
        let progress = ProgressLine("searching", unit: "queries", total: data.queries.count, quiet: common.quiet)
        let tuner = try FusionTuner(
            HybridRetriever(lexical: lexical, dense: vectors), queries: data.queries, evaluator: evaluator
        ) { progress.update($0) }
        progress.finish()
        let result = try tuner.result(folds: folds, seed: seed)
        let text = try StableJSON.text(
            TunedHybrid(
                similarity: similarity, fields: chosen?.fields, fusion: result.best.fusion,
                measure: evaluator.measures[0], value: result.best.mean, systems: result.systems, split: data.name,
                queries: tuner.queryCount,
                index: .init(documents: reader.documentCount, analyzer: reader.analyzerIdentity.options.name)))
        try save(text)
        if output != "-" { Console.output(json ? text : result.table.text(), terminator: "") }
        for remark in data.remarks + result.warnings { common.say(remark) }
    }

    /// The numbers of a grid.
    private func numbers(_ text: String, _ option: String, _ range: ClosedRange<Double>) throws -> [Double] {
        let parts = text.split { $0 == "," || $0.isWhitespace }
        let numbers = parts.compactMap { Double($0) }.filter(range.contains)
        guard numbers.count == parts.count, !numbers.isEmpty, numbers.count <= 100 else {
            throw UsageProblem(
                "\(option) '\(text)': give up to 100 numbers from \(range.lowerBound) to \(range.upperBound)")
        }
        return numbers
    }
}
