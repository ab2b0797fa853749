import ArgumentParser
import Decoy
import DurableStorage

/// `decoy mine`: finds hard negatives for labelled queries.
struct MineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mine",
        abstract: "Mine hard negatives: documents that rank high for a query and are not relevant.",
        discussion: """
            Candidates are the retriever's best documents without the query's positives. Filters keep unlabelled relevant documents
            out; every rejection has a reason (--explain). Ranks count after the positives were removed. With --filter only
            documents that fulfil it become negatives; margins are still taken from positives wherever they are.

            EXAMPLES
              decoy mine scifact.index --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv -o negatives.jsonl
              decoy mine scifact.index --queries q.jsonl --qrels train.tsv -o n.jsonl --range-min 10 --sampling random --seed 7
              decoy mine my.index --queries q.jsonl --qrels train.tsv -o ids.jsonl --output-format ids --explain fates.jsonl
            """)

    @Argument(help: "A lexical index or a vector folder.")
    var retriever: String

    @Option(help: ArgumentHelp("The queries (.jsonl or .tsv).", valueName: "file"))
    var queries: String

    @Option(help: ArgumentHelp("The relevance judgements (BEIR or TREC).", valueName: "file"))
    var qrels: String

    @Option(name: [.short, .long], help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
    var output: String

    @OptionGroup var mining: MiningFlags

    @Option(help: "triplet, n-tuple or ids.")
    var outputFormat: MinedFormat = .triplet

    @Flag(help: "Write the scores beside.")
    var outputScores = false

    @Option(help: ArgumentHelp("Write every candidate with its fate (JSON lines).", valueName: "file"))
    var explain: String?

    @Option(help: ArgumentHelp("Write the counts per reason and the score distributions (JSON).", valueName: "file"))
    var report: String?

    @OptionGroup var retrieval: RetrieverOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let outputs = [output, explain, report].compactMap { $0 }
        guard Set(outputs).count == outputs.count else {
            throw ValidationError("--output, --explain and --report need a file each")
        }
        guard !outputScores || mining.mix == nil else {
            throw ValidationError("--output-scores has no meaning with --mix: scores of several sources don't compare")
        }
    }

    func run() throws {
        _ = try mining.options()
        let opened = try retrieval.open(retriever, threads: common.threadCount)
        guard let documents = opened.documents else {
            throw UsageProblem("mining needs the documents' text; give a lexical index (with --dense for both)")
        }
        let judged = try QrelsReader.read(qrels)
        let known = Set(judged.queryIDs)
        var asked: [Query] = []
        try QueryReader.read(queries) { asked += $0.filter { known.contains($0.id) } }
        let miner = try mining.miner(
            of: opened, documents: documents, qrels: judged, explains: explain != nil, threads: common.threadCount)
        let writer = MinedRowWriter(format: outputFormat, withScores: outputScores, documents: documents, qrels: qrels)
        let progress = ProgressLine("mining", unit: "queries", quiet: common.quiet)
        let result = try AtomicFile.write(path: output) { file in
            try withFile(explain) { fates in
                try withFile(report) { counts in
                    let result = try miner.mine(
                        queries: asked, qrels: judged,
                        each: { mined in
                            try file.write(try writer.rows(of: mined))
                            try fates?.write(try FateLine.lines(of: mined))
                        },
                        progress: { progress.update($0.queries) })
                    try counts?.write(StableJSON.text(result))
                    return result
                }
            }
        }
        progress.finish()
        common.say(summary(of: result))
    }

    /// Opens a further output before the work begins, so that all outputs are there or none.
    private func withFile<R>(_ path: String?, _ body: (AtomicFile?) throws -> R) throws -> R {
        guard let path else { return try body(nil) }
        return try AtomicFile.write(path: path) { try body($0) }
    }

    private func summary(of report: MiningReport) -> String {
        let reasons = report.rejected.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        return """
            mined \(report.negatives) negatives for \(report.queries - report.queriesWithoutPositives) queries \
            (\(report.shortQueries) got fewer than \(report.options.numNegatives), \(report.emptyQueries) none)
            rejected: \(reasons.isEmpty ? "nothing" : reasons)\
            \(MiningFlags.shortfall(report).map { "\n" + $0 } ?? "")
            """
    }
}
