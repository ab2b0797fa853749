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
            Measures are written as in ir_measures (nDCG@10, RR@10, R@100, AP, P@5, Success@5, Judged@10, P(rel=2)@5); trec_eval's
            names are understood too. Ties are broken as trec_eval does (score, then id, both descending). Queries that a run does
            not answer count 0 and are reported.

            Runs are read ranking by ranking and never held whole, unless the lines of a query stand apart.

            EXAMPLES
              decoy evaluate bm25.trec --qrels scifact/qrels/test.tsv
              decoy evaluate after.trec before.trec --qrels test.tsv --baseline before.trec --test randomization
              decoy evaluate bm25.trec --qrels test.tsv -m "AP P@5" --by-query --output-format json
            """)

    @Argument(help: "Run files (TREC or MS MARCO).")
    var runs: [String]

    @Option(help: ArgumentHelp("Relevance judgements (BEIR or TREC).", valueName: "file"))
    var qrels: String

    @Option(name: [.short, .long], help: "Measures, separated by spaces or commas.")
    var measures = "nDCG@10 RR@10 R@100"

    @Flag(help: "Also print every query's values.")
    var byQuery = false

    @Option(help: ArgumentHelp("The run that the others are compared with.", valueName: "run"))
    var baseline: String?

    @Option(help: "The paired test: t or randomization.")
    var test: TestKind = .t

    @Option(help: "The correction for several comparisons: holm or none.")
    var correction: Correction = .holm

    @Option(help: "The seed of the randomization and bootstrap tests.")
    var seed: UInt64 = 1

    @Flag(help: "Means over the queries that are in the qrels and the run, rather than all of the qrels.")
    var intersect = false

    @Flag(help: "Leave out a document whose id is the query's.")
    var excludeQueryID = false

    @Option(help: "table, json or markdown.")
    var outputFormat: EvaluationFormat = .table

    @Option(name: [.short, .long], help: ArgumentHelp("Write the result to a file.", valueName: "file"))
    var output = "-"

    @OptionGroup var common: CommonOptions

    func run() throws {
        let wanted = try Measure.list(measures)
        if wanted.isEmpty { throw UsageProblem("--measures is empty; name at least one, such as nDCG@10") }
        let judgements = try QrelsReader.read(qrels)
        let options = EvaluationOptions(queries: intersect ? .intersect : .complete, excludeQueryID: excludeQueryID)
        let evaluator = Evaluator(qrels: judgements, measures: wanted, options: options)
        var files = runs
        if let baseline, !files.contains(baseline) { files.insert(baseline, at: 0) }
        let total = files.count * judgements.queryIDs.count
        let line = Mutex(ProgressLine("measuring", unit: "rankings", total: total, quiet: common.quiet))
        let evaluations = try evaluator.evaluate(
            runFiles: files.map { ($0, RunNames.name(of: $0, among: files)) }, threads: common.threadCount
        ) { count in line.withLock { $0.update(min(count, total)) } }
        line.withLock { $0.finish() }
        var comparisons: [Comparison] = []
        if let baseline {
            let name = RunNames.name(of: baseline, among: files)
            let base = evaluations.first { $0.name == name }
            comparisons = try Comparator(
                test: test.make(seed: seed), correction: correction, intervalLevel: 0.95, seed: seed
            )
            .compare(evaluations.filter { $0.name != name }.compactMap { run in base.map { ($0, run) } })
        }
        let report = EvaluationReport(
            qrels: qrels, evaluations: evaluations, comparisons: comparisons, options: options, byQuery: byQuery)
        let text = try outputFormat.render(report, measures: wanted)
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
    case t, randomization

    func make(seed: UInt64) -> any PairedTest {
        switch self {
        case .t: PairedTTest()
        case .randomization: RandomizationTest(seed: seed)
        }
    }
}

extension Correction: ExpressibleByArgument {}
