import ArgumentParser
import Decoy
import DurableStorage

/// `decoy audit`: the hidden-positive test of the filters of false negatives.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Hide known positives and count which filters keep them out.",
        discussion: """
            Of each query with several positives one is hidden, drawn by --seed, and where such queries are few, the others
            after it. A filter should keep it out and leave the other
            candidates, the true hard negatives, in. There is a row for each filter of mine, for those of --teacher, --judged,
            --answers and --group-field where they are given, and for mine's defaults together. Estimates are fitted on four fifths of the queries and tested on the last.

            EXAMPLES
              decoy audit scifact.index --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv
              decoy audit my.index --queries q.jsonl --qrels train.tsv --estimate-vectors my.vectors --estimate-model my.model
              decoy audit my.index --queries q.jsonl --qrels train.tsv --teacher cross-encoder.trec --judged more.tsv
              decoy audit my.index --queries q.jsonl --qrels train.tsv --save-estimate estimate.json
            """.flowing)

    @Argument(help: "A lexical index.", completion: .directory)
    var retriever: String

    @Option(help: ArgumentHelp("The queries (.jsonl or .tsv).", valueName: "file"), completion: .file())
    var queries: String

    @Option(
        help: ArgumentHelp("The relevance judgements (BEIR or TREC); not those of a test split.", valueName: "file"),
        completion: .file())
    var qrels: String

    @Option(help: "The seed that chooses which positives are hidden.")
    var seed: UInt64 = 0

    @Option(help: "Look at no more queries than this.")
    var maxQueries = 2_000

    @Option(
        help: ArgumentHelp(
            "Write the estimate, fitted on all queries with the first recall (default: 0.85), as JSON.",
            valueName: "file"), completion: .file())
    var saveEstimate: String?

    @Option(
        help: ArgumentHelp("Test an estimate that was saved, of other queries.", valueName: "file"), completion: .file()
    )
    var estimate: String?

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var settings: AuditFlags
    @OptionGroup var evidence: EvidenceFlags
    @OptionGroup var second: SecondRetrieverFlags
    @OptionGroup var retrieval: RetrieverOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard maxQueries >= 1 else { throw ValidationError("--max-queries \(maxQueries): give 1 or more") }
    }

    func run() throws {
        let opened = try retrieval.open(retriever, threads: common.threadCount)
        guard let documents = opened.storedDocuments else {
            throw UsageProblem("the audit needs the documents' text; give a lexical index that stores it")
        }
        let judged = try QrelsReader.read(qrels)
        let known = Set(judged.queryIDs)
        var asked: [Query] = []
        try QueryReader.read(queries) { asked += $0.filter { known.contains($0.id) } }
        let other = try second.open(threads: common.threadCount)
        let terms = try SecondRetrieverFlags.terms(of: documents)
        let test = try HiddenPositiveTest(
            retriever: opened.candidates, documents: documents, queries: asked, qrels: judged, second: other,
            terms: terms, seed: seed, maximumQueries: maxQueries, threads: common.threadCount)
        guard !test.rounds.isEmpty else {
            throw InputErrors(
                InputError(
                    source: qrels, problem: "no query has two positives",
                    remedy: "give judgements with several positives a query; one of them is hidden"))
        }
        let further = try evidence.filters(
            documents: documents, qrels: judged, marginAgainst: .lowest, threads: common.threadCount)
        var settings = settings.settings(
            seed: seed, further: further, isLexical: retrieval.dense == nil, withSecond: other != nil)
        if let path = estimate {
            settings.append(
                .init("estimate of \(path)", options: AuditFlags.none, estimate: .known(try EstimateFile.read(path))))
        }
        let progress = ProgressLine("testing", unit: "settings", total: settings.count + 1, quiet: common.quiet)
        let report = try test.run(settings) { progress.update($0) }
        progress.finish()
        if let saveEstimate {
            let estimator = try FalseNegativeEstimator.fitted(
                retriever: opened.candidates, documents: documents, queries: asked, qrels: judged, second: other,
                terms: terms,
                options: EstimateOptions(
                    recall: self.settings.falseNegativeRecall.first ?? 0.85, maximumQueries: maxQueries, seed: seed),
                threads: common.threadCount)
            if estimator.estimate.origin == .standard {
                common.say("too few hidden positives to fit an estimate; the standard coefficients were saved")
            }
            try AtomicFile.write(path: saveEstimate) { try $0.write(StableJSON.text(estimator.estimate)) }
        }
        Console.output(json ? try StableJSON.text(report) : table(report))
    }

    private func table(_ report: HiddenPositiveReport) -> String {
        let all = report.counts
        var table = ResultTable(
            columns: [
                .init("filter", .left), .init("hidden out @50"), .init("others stay @50"), .init("hidden out @10"),
                .init("others stay @10"),
            ])
        func percent(_ share: Double?) -> String { share.map { NumberText.fixed(100 * $0, 1) + " %" } ?? "-" }
        for row in report.rows {
            let fallsBack = row.origins.contains(.standard) && row.name != AuditFlags.standardName
            table.append([
                row.name + (fallsBack ? " (\(AuditFlags.standardName))" : ""), percent(row.hiddenKeptOut50),
                percent(row.othersStay50), percent(row.hiddenKeptOut10),
                percent(row.othersStay10),
            ])
        }
        return """
            \(report.hidden) hidden positives of \(report.queries) queries: \(all.hidden50) are among the first 50 candidates, \
            \(all.hidden10) among the first 10

            \(table.text())
            """
    }
}
