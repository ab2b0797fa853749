import ArgumentParser
import Decoy
import DurableStorage

/// `decoy fuse`: makes one run of several.
struct FuseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuse",
        abstract: "Fuse runs into one: reciprocal ranks, weights, CombSUM and more.",
        discussion: """
            METHODS
              rrf        sum of weight / (60 + rank)
              weighted   sum of weight x score
              combsum    sum of scores
              combmnz    sum of scores x the number of runs that hold the document
              combanz    mean of the scores of the runs that hold the document
              combmax, combmin, combmed    highest, lowest, median score

            Scores are made comparable first, query by query (--normalization). A document that a run lacks gets nothing from it,
            which with z-score is the run's mean. A query that some runs lack is fused from those that have it.

            --tune --qrels FILE chooses on judged queries what --method and --normalization leave open among rrf and weighted with four
            normalisations, and the weights: a grid, then steps halved down to 0.05 about the best point. The gain on these queries
            flatters: with --folds (5) the whole choice is repeated without each fold and measured on it. Judgements named test are
            refused, unless --force.

            EXAMPLES
              decoy fuse bm25.trec dense.trec -o fused.trec
              decoy fuse bm25.trec dense.trec --weights 1,0.5 --normalization z-score -o fused.trec
              decoy fuse a.trec b.trec c.trec --method combmnz -k 100 -o fused.trec
              decoy fuse bm25-dev.trec dense-dev.trec --tune --qrels dev.tsv --output-tuned fusion.json
              decoy fuse bm25-test.trec dense-test.trec --tuned fusion.json -o fused.trec
            """.flowing)

    @Argument(help: "Run files (TREC or MS MARCO), two or more.", completion: .file())
    var runs: [String]

    @OptionGroup var options: FusionOptions

    @Option(
        help: ArgumentHelp("Fuse as fuse --tune chose; the runs in the same order.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var tuned: String?

    @Flag(help: "Choose method, normalisation and weights on the judged queries of --qrels.")
    var tune = false

    @Option(
        help: ArgumentHelp("The relevance judgements (BEIR or TREC) to tune on.", valueName: "file"),
        completion: .file())
    var qrels: String?

    @Option(
        name: [.short, .long],
        help: "What --tune makes as high as possible; without a cut-off it looks at all documents. (default: nDCG@10)")
    var measure: String?

    @Option(help: "Folds of the cross-validation; 0 for none. (default: 5)")
    var folds: Int?

    @Option(help: "The seed of the folds and of the randomization test. (default: 1)")
    var seed: UInt64?

    @Flag(name: [.short, .long], help: "Tune on a test split all the same.")
    var force = false

    @Option(help: ArgumentHelp("Save the choice of --tune, for --tuned.", valueName: "file"), completion: .file())
    var outputTuned: String?

    @Option(name: .short, help: "How many documents a query gets. (default: all)")
    var k: Int?

    @Option(help: "The form of the run.")
    var outputFormat: RunFormat = .trec

    @Option(help: "The last column of a TREC run. (default: the method)")
    var tag: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Write the run to a file. (default: -; with --tune none is written)", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Print the choice of --tune, or a summary of what was written to a file, as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard runs.count >= 2 else { throw ValidationError("give two runs or more") }
        guard runs.filter({ $0 == "-" }).count <= 1 else {
            throw ValidationError("standard input can be read only once")
        }
        if let k, k < 1 { throw ValidationError("-k \(k): give 1 or more") }
        guard tune == (qrels != nil) else { throw ValidationError("--tune and --qrels FILE go together") }
        if tune {
            guard tuned == nil, options.weights == nil else {
                throw ValidationError("--tune chooses the weights: leave out --tuned and --weights")
            }
            if let folds, folds != 0, !(2...100).contains(folds) {
                throw ValidationError("--folds \(folds): give 0 (none) or 2 to 100")
            }
        } else {
            guard measure == nil, folds == nil, seed == nil, !force, outputTuned == nil else {
                throw ValidationError("--measure, --folds, --seed, --force and --output-tuned go with --tune")
            }
            guard !json || (output ?? "-") != "-" else { throw ValidationError("--json needs -o FILE or --tune") }
        }
        guard tuned == nil || options.isEmpty else {
            throw ValidationError(
                "--tuned says how runs are fused: leave out --method, --normalization, --weights, --rrf-constant and --depth"
            )
        }
        guard output == nil || output != outputTuned else {
            throw ValidationError("--output and --output-tuned need a file each")
        }
    }

    func run() throws {
        // Opened before the work begins: a place that cannot be written is known at once.
        try Self.withFile(tune ? output : output ?? "-") { file in
            try Self.withFile(outputTuned) { choice in try fuse(to: file, savingTo: choice) }
        }
    }

    private func fuse(to file: AtomicFile?, savingTo choice: AtomicFile?) throws {
        var fusion = options.fusion
        if let tuned {
            fusion = try TunedRunFusion.choice(path: tuned, runs: runs.count).fusion
        } else if !tune {
            do { try fusion.validate(runs: runs.count) } catch { throw UsageProblem(error.description) }
        }
        let judgements = try qrels.map { try TuningData.judgements($0, allowingTest: force) }
        let files = try RunFiles(runs)
        if let judgements {
            let result = try tuned(files, on: judgements.qrels, split: judgements.name)
            fusion = result.fusion
            let text = try StableJSON.text(result.saved)
            try choice?.write(text)
            if output != "-", outputTuned != "-" {
                Console.output(json ? text : result.table.text(width: DisplayWidth.of), terminator: "")
            }
            result.warnings.forEach(common.say)
        }
        guard let file else { return common.say(files.coverage) }
        let fused = fusion.fused(files.runs, name: tag ?? fusion.method.rawValue)
        try Self.check(fused)
        try outputFormat.write(fused, k: k, to: file)
        if json, !tune {
            Console.output(try StableJSON.text(FusionSummary(fused, of: files, by: fusion)), terminator: "")
        }
        common.say(files.coverage)
    }

    /// Chooses a fusion.
    private func tuned(
        _ files: RunFiles, on qrels: Qrels, split: String
    ) throws -> (fusion: RunFusion, saved: TunedRunFusion, table: ResultTable, warnings: [String]) {
        let measure = try Measure(measure ?? "nDCG@10")
        let tuner = RunFusionTuner(
            files.runs, choices: options.choices, evaluator: Evaluator(qrels: qrels, measures: [measure]))
        if tuner.queryCount == 0 {
            throw InputErrors(
                InputError(
                    source: self.qrels ?? "-", problem: "none of its queries is in a run",
                    remedy: "give the judgements of the runs' queries"))
        }
        let progress = ProgressLine("tuning", unit: "fusions", quiet: common.quiet)
        let result = try tuner.result(folds: folds ?? 5, seed: seed ?? 1) { progress.update($0) }
        progress.finish()
        let saved = TunedRunFusion(
            fusion: result.fusion, runs: files.runs.map(\.name), measure: measure, value: result.search.best.mean,
            systems: result.systems, crossValidation: result.search.crossValidation, split: split,
            queries: result.search.queries)
        let missing = qrels.queryIDs.count - tuner.queryCount
        let remarks = missing > 0 ? ["\(missing) judged queries are in no run; they count 0"] : []
        return (result.fusion, saved, result.table, result.warnings + remarks)
    }

    /// Sums of huge scores are no numbers that a run can hold.
    private static func check(_ run: Run) throws {
        for ranking in run.rankings {
            for document in ranking.documents where !document.score.isFinite {
                throw InputErrors(
                    InputError(
                        source: "query \(ranking.queryID), document \(document.id)",
                        problem: "the scores are too large to be added",
                        remedy: "make them smaller, or fuse by ranks (--method rrf)"))
            }
        }
    }

    private static func withFile<R>(_ path: String?, _ body: (AtomicFile?) throws -> R) throws -> R {
        guard let path else { return try body(nil) }
        return try AtomicFile.write(path: path) { try body($0) }
    }
}

/// What `fuse --json` prints of a run that it wrote.
private struct FusionSummary: Encodable {
    struct Source: Encodable {
        var name: String
        var queries: Int
        var missing: Int
    }
    var fusion: RunFusion
    var runs: [Source]
    var queries: Int
    var documents: Int

    init(_ fused: Run, of files: RunFiles, by fusion: RunFusion) {
        self.fusion = fusion
        runs = files.runs.map {
            Source(name: $0.name, queries: $0.rankings.count, missing: files.queries - $0.rankings.count)
        }
        queries = fused.rankings.count
        documents = fused.rankings.reduce(0) { $0 + $1.documents.count }
    }
}
