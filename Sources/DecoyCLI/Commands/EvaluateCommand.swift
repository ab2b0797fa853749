import ArgumentParser
import Decoy
import DurableStorage

/// `decoy evaluate`: measures runs against relevance judgements and compares them.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure runs against relevance judgements, and compare them.",
        discussion: """
            Measures are written as in ir_measures (nDCG@10, RR@10, R@100, AP, P@5, Success@5, Judged@10, P(rel=2)@5); trec_eval's
            names are understood too. Ties are broken as trec_eval does (score, then id, both descending). Queries that a run does
            not answer count 0 and are reported.

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

    @Option(help: "The paired test: t, randomization or bootstrap.")
    var test: PairedTestKind = .t

    @Option(help: "The correction for several comparisons: holm or none.")
    var correction: MultipleTestingCorrection = .holm

    @Option(help: "The seed of the randomization and bootstrap tests.")
    var seed: UInt64 = 1

    @Flag(help: "Leave out a document whose id is the query's.")
    var excludeQueryID = false

    @Option(help: "table, json, markdown, latex or html.")
    var outputFormat: EvaluationFormat = .table

    @Option(name: [.short, .long], help: ArgumentHelp("Write the result to a file.", valueName: "file"))
    var output = "-"

    @OptionGroup var common: CommonOptions

    func run() throws {
        let wanted = try Measure.parseList(measures)
        let judgements = try QrelsReader.read(qrels)
        let evaluator = Evaluator(qrels: judgements, measures: wanted, excludeQueryID: excludeQueryID)
        var files = runs
        if let baseline, !files.contains(baseline) { files.insert(baseline, at: 0) }
        var evaluations: [Evaluation] = []
        for file in files {
            var run = try RunReader.read(file)
            run.name = RunNames.name(of: file, among: files)
            evaluations.append(try evaluator.evaluate(run))
        }
        var comparisons: [Comparison] = []
        if let baseline {
            let name = RunNames.name(of: baseline, among: files)
            comparisons = try Comparison.all(
                evaluations, baseline: name, test: PairedTest(kind: test, seed: seed), correction: correction)
        }
        let report = EvaluationReport(
            qrels: qrels, evaluations: evaluations, comparisons: comparisons, byQuery: byQuery)
        let text = try outputFormat.render(report)
        try AtomicFile.write(path: output) { try $0.write(text) }
        if !common.quiet {
            for evaluation in evaluations where evaluation.coverage.missing > 0 || evaluation.coverage.extra > 0 {
                Console.message("\(evaluation.name): \(evaluation.coverage)")
            }
        }
    }
}

/// The names under which runs appear: the file's last part, or its whole path where two are alike.
enum RunNames {
    static func name(of path: String, among paths: [String]) -> String {
        func short(_ path: String) -> String {
            let last = path.split(separator: "/").last.map(String.init) ?? path
            for ending in [".gz", ".zst", ".trec", ".run", ".tsv", ".txt"] where last.hasSuffix(ending) && last != ending {
                return String(last.dropLast(ending.count))
            }
            return last
        }
        return paths.filter { short($0) == short(path) }.count > 1 ? path : short(path)
    }
}

/// The forms of an evaluation report.
enum EvaluationFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, markdown, latex, html

    func render(_ report: EvaluationReport) throws -> String {
        switch self {
        case .table: report.text()
        case .json: try report.json()
        case .markdown: report.markdown()
        case .latex: report.latex()
        case .html: report.html()
        }
    }
}

extension PairedTestKind: ExpressibleByArgument {}
extension MultipleTestingCorrection: ExpressibleByArgument {}
