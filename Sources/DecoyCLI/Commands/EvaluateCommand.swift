import ArgumentParser
import Decoy
import DurableStorage
import Synchronization

/// `decoy evaluate`: measures runs against relevance judgements and compares them.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure runs against relevance judgements, and compare them.",
        discussion: """
            Measures are written as in ir_measures (nDCG@10, RR@10, R@100, AP, P(rel=2)@5);
            trec_eval's names are understood too. Ties are broken as trec_eval does (score,
            then id, both descending). Queries that a run does not answer count 0 and are
            reported.

            MEASURES
            \(MeasureHelp.lines)

            Parameters, where a measure takes them: P(rel=2)@5 (the lowest relevant grade),
            nDCG(dcg='exp-log2')@10 (gain 2^grade - 1), RBP(p=0.5), SetF(beta=2),
            SetP(relative=True), AP(judged_only=True).

            Runs are read ranking by ranking and never held whole, unless the lines of a query stand apart.

            EXAMPLES
              decoy evaluate bm25.trec --qrels scifact/qrels/test.tsv
              decoy evaluate after.trec before.trec --qrels test.tsv --baseline before.trec --test randomization
              decoy evaluate a.trec b.trec c.trec --qrels test.tsv --all-pairs --correction benjamini-hochberg --unjudged
              decoy evaluate bm25.trec --qrels test.tsv -m "AP P@5" --by-query --output-format json
            """.flowing)

    @Argument(help: "Run files (TREC or MS MARCO).", completion: .file())
    var runs: [String]

    @Option(help: ArgumentHelp("Relevance judgements (BEIR or TREC).", valueName: "file"), completion: .file())
    var qrels: String

    @Option(
        name: [.short, .long], help: "Measures, separated by spaces or commas.", completion: MeasureHelp.completion)
    var measures = "nDCG@10 RR@10 R@100"

    @Flag(help: "Also print every query's values.")
    var byQuery = false

    @Option(help: ArgumentHelp("The run that the others are compared with.", valueName: "run"), completion: .file())
    var baseline: String?

    @Flag(help: "Compare every run with every run that stands before it.")
    var allPairs = false

    @Option(help: "The paired test.")
    var test: TestKind = .t

    @Option(help: "The correction for several comparisons.")
    var correction: Correction = .holm

    @Option(help: "The seed of the randomization and bootstrap tests.")
    var seed: UInt64 = 1

    @Flag(exclusivity: .exclusive)
    var queries: EvaluationOptions.QuerySet = .complete

    @Flag(help: "Say what nobody judged at the top, and how far differences of the first measure could move.")
    var unjudged = false

    @Flag(help: "Leave out a document whose id is the query's.")
    var excludeQueryID = false

    @Option(help: "The form of the result.")
    var outputFormat: EvaluationFormat = .table

    @Flag(help: "The same as --output-format json.")
    var json = false

    private var form: EvaluationFormat { json ? .json : outputFormat }

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result to a file.", valueName: "file"), completion: .file()
    )
    var output = "-"

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !json || [.table, .json].contains(outputFormat) else {
            throw ValidationError("give --json or --output-format \(outputFormat.rawValue), not both")
        }
    }

    func run() throws {
        try checkComparisons()
        let wanted = try Measure.list(measures)
        if wanted.isEmpty { throw UsageProblem("--measures is empty; name at least one, such as nDCG@10") }
        let judgements = try QrelsReader.read(qrels)
        let options = EvaluationOptions(queries: queries, excludeQueryID: excludeQueryID)
        let evaluator = Evaluator(qrels: judgements, measures: wanted, options: options)
        var files = runs
        if let baseline, !files.contains(baseline) { files.insert(baseline, at: 0) }
        let total = files.count * judgements.queryIDs.count
        let line = Mutex(ProgressLine("measuring", unit: "rankings", total: total, quiet: common.quiet))
        let evaluations = try evaluator.evaluate(
            runFiles: files.map { ($0, RunNames.name(of: $0, among: files)) }, threads: common.threadCount
        ) { count in line.withLock { $0.update(min(count, total)) } }
        line.withLock { $0.finish() }
        let pairs = try comparedPairs(evaluations, baseline: baseline.map { RunNames.name(of: $0, among: files) })
        let comparisons = try Comparator(
            test: test.make(seed: seed), correction: correction, intervalLevel: 0.95, seed: seed
        )
        .compare(pairs)
        var report = EvaluationReport(
            qrels: qrels, evaluations: evaluations, comparisons: comparisons, options: options, byQuery: byQuery)
        if unjudged { report.unjudged = try unjudgedReport(judgements, files, pairs, wanted, options) }
        var text = try form.render(
            report, evaluations: evaluations, coloured: output == "-" && Console.outputIsColoured)
        if [.table, .markdown].contains(form), let unjudged = report.unjudged { text += "\n" + unjudged.lines }
        try AtomicFile.write(path: output) { try $0.write(text) }
        if !common.quiet {
            for evaluation in evaluations where evaluation.coverage.missing > 0 || evaluation.coverage.extra > 0 {
                Console.message("\(evaluation.name): \(evaluation.coverage.summary(options.queries))")
            }
        }
    }
}

/// The names under which runs appear: the file's last part, or its whole path where two are alike.
enum RunNames {
    static func name(of path: String, among paths: [String]) -> String {
        func short(_ path: String) -> String {
            let last = path.split(separator: "/").last.map(String.init) ?? path
            for ending in [".gz", ".zst", ".trec", ".run", ".tsv", ".txt"]
            where last.hasSuffix(ending) && last != ending {
                return String(last.dropLast(ending.count))
            }
            return last
        }
        return paths.filter { short($0) == short(path) }.count > 1 ? path : short(path)
    }
}

/// The tests of a difference.
enum TestKind: String, CaseIterable, ExpressibleByArgument {
    case t, randomization, bootstrap

    func make(seed: UInt64) -> any PairedTest {
        switch self {
        case .t: PairedTTest()
        case .randomization: RandomizationTest(seed: seed)
        case .bootstrap: BootstrapTest(seed: seed)
        }
    }
}

extension Correction: ExpressibleByArgument {}

extension EvaluationOptions.QuerySet: EnumerableFlag {
    /// What `--complete` and `--intersect` do.
    public static func help(for value: Self) -> ArgumentHelp? {
        switch value {
        case .complete: "Means over all queries of the qrels; those that the run lacks count 0."
        case .intersect: "Means over the queries that are in the qrels and in the run."
        }
    }
}
