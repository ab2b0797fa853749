import ArgumentParser
import Decoy
import DurableStorage

/// `decoy mine`: finds hard negatives for labelled queries.
struct MineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mine",
        abstract: "Mine hard negatives: high-ranked documents that are not relevant.",
        discussion: """
            Candidates are the retriever's best documents without the query's positives. Filters keep unlabelled relevant documents
            out; every rejection has a reason (--explain, --report; without them mining ends at a query's last negative). Ranks count after the positives were removed. With --filter only
            documents that fulfil it become negatives; margins are still taken from positives wherever they are.

            --report FILE.html is a page with charts: what became of the candidates and why, how scores lie beside the positive's, how hard
            negatives are at each rank, queries with too few, and 20 queries drawn by the seed; any other FILE holds the same as JSON.

            Candidates may also come from a run of another program (--from-run), with the texts of an index or of --corpus. Rows of
            ids need no texts; filters that compare texts are off where there are none. Queries may be documents: a file with a text for
            each id and judgements that name its document; decoy convert --title-queries makes such queries of titles.

            By default a statistical estimate rejects likely unlabelled positives. It is fitted on known positives that are hidden; with too
            few of them a lexical retriever takes standard coefficients, and others a relative margin of 0.05. --relative-margin takes a
            margin instead, --max-false-negative-probability off turns the estimate off; decoy audit measures what each filter does.

            --teacher may be a cross-encoder (a folder whose config.json is ForSequenceClassification with one label): it reads a query with its
            positives and with those candidates that the other filters before it let pass, each pair once. --teacher-scores writes its scores.

            --judged takes what people judged, such as the judged.tsv of decoy review --apply: what is relevant is rejected, and what is wrong
            (grade 0) is kept whatever the estimate, margins, --max-score and the teacher say; duplicates, the window and the pool still count.

            Beside FILE stands FILE.meta.json: version, command, options and seed, checksums of the inputs, counts.

            A mining that was killed goes on with the same command and --resume; the result has the same bytes. --memory bounds what it holds.

            EXAMPLES
              decoy mine scifact.index --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv -o negatives.jsonl
              decoy mine scifact.index --queries q.jsonl --qrels train.tsv -o n.jsonl --range-min 10 --sampling random --seed 7
              decoy mine my.index --queries q.jsonl --qrels train.tsv -o ids.jsonl --output-format ids --explain fates.jsonl
              decoy mine my.index --queries q.jsonl --qrels train.tsv -o n.jsonl --false-negative-recall 0.95
              decoy mine my.index --queries q.jsonl --qrels train.tsv -o n.jsonl --relative-margin 0.05
              decoy mine my.index --queries q.jsonl --qrels train.tsv -o n.jsonl --report mining.html --report mining.json
              decoy mine my.index --queries q.jsonl --qrels train.tsv -o n.jsonl --teacher cross-encoder --teacher-scores
              decoy mine --from-run other.trec --queries q.jsonl --qrels train.tsv -o ids.jsonl --output-format ids
              decoy mine my.vectors --model my.model --corpus corpus.jsonl --queries q.jsonl --qrels train.tsv -o n.jsonl
              decoy mine scifact.index --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv -o negatives.jsonl --resume
              decoy convert notes.jsonl -o notes --title-queries && decoy index notes -o notes.index &&
                decoy mine notes.index --queries notes/queries.jsonl --qrels notes/qrels/train.tsv -o n.jsonl
            """.flowing)

    @Argument(
        help: "A lexical index or a vector folder; beside --from-run an index with the texts.", completion: .directory)
    var retriever: String?

    @Option(
        help: ArgumentHelp(
            "Take candidates and scores from a run (TREC or MS MARCO) instead of a retriever.", valueName: "run"),
        completion: .file())
    var fromRun: String?

    @Option(
        help: ArgumentHelp(
            "Take the texts from a corpus, which is held in memory; for vectors, runs and indexes without texts.",
            valueName: "corpus"), completion: .file())
    var corpus: String?

    @Option(
        help: ArgumentHelp("The queries (.jsonl or .tsv); they are read batch by batch.", valueName: "file"),
        completion: .file())
    var queries: String

    @Option(help: ArgumentHelp("The relevance judgements (BEIR or TREC).", valueName: "file"), completion: .file())
    var qrels: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"),
        completion: .file())
    var output: String

    @OptionGroup var mining: MiningFlags

    @Option(help: "What the rows look like, named after who reads them.")
    var outputFormat: TrainingFormat = .triplet

    @Flag(help: "Write the scores beside; where the retriever lacks one of a row's documents the row has none.")
    var outputScores = false

    @Flag(help: "Write the teacher's scores beside instead, for train --loss margin-mse and other distillation.")
    var teacherScores = false

    @Option(
        help: ArgumentHelp(
            "Where options, checksums and counts go (JSON). (default: FILE.meta.json beside --output FILE)",
            valueName: "file"), completion: .file())
    var metadata: String?

    @Flag(help: "Write no FILE.meta.json.")
    var noMetadata = false

    @Option(
        help: ArgumentHelp(
            "Write every candidate with its fate and numbers (JSON lines; .zst is compressed).", valueName: "file"),
        completion: .file())
    var explain: String?

    @Option(
        help: ArgumentHelp(
            "Write counts per reason, score distributions, hardness over rank and examples: a page (.html) or JSON; may be repeated.",
            valueName: "file"), completion: .file())
    var report: [String] = []

    @OptionGroup var running: MiningRunFlags
    @OptionGroup var retrieval: RetrieverOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard retriever != nil || fromRun != nil else {
            throw ValidationError("give a RETRIEVER (an index or vectors) or --from-run RUN")
        }
        guard metadata == nil || !noMetadata else {
            throw ValidationError("--metadata and --no-metadata exclude each other")
        }
        guard explain?.hasSuffix(".gz") != true else {
            throw ValidationError("--explain writes zstd (.zst) or plain lines, not gzip")
        }
        let outputs = [output, explain, metadataFile].compactMap { $0 } + report
        guard Set(outputs).count == outputs.count else {
            throw ValidationError("--output, --explain, --report and --metadata need a file each")
        }
        guard !teacherScores || mining.evidence.teacher != nil else {
            throw ValidationError("--teacher-scores goes with --teacher")
        }
        guard !outputScores || teacherScores || mining.mix == nil else {
            throw ValidationError("--output-scores has no meaning with --mix: scores of several sources don't compare")
        }
    }

    /// The sidecar's path; nil where there is none, as beside standard output, pipes and devices.
    private var metadataFile: String? {
        if noMetadata { return nil }
        return metadata ?? (output == "-" || FileType.isPipeOrDevice(output) ? nil : output + ".meta.json")
    }

    func run() throws {
        _ = try mining.options()
        let source = try MiningSource(
            retriever: retriever, run: fromRun, corpus: corpus, retrieval: retrieval, threads: common.threadCount)
        let flags = source.documents == nil ? try textless(source) : mining
        let documents: any DocumentStore = source.documents ?? TextlessDocuments(ids: source.documentIDs)
        let judged = try QrelsReader.read(qrels)
        let known = Set(judged.queryIDs)
        let asked = try QueryFile(queries, keeping: known)
        var files = source.inputs
        for (name, path) in [
            ("queries", (try? BEIRDataset(path: queries).queriesPath) ?? queries), ("qrels", qrels),
            ("teacher", mining.evidence.teacher),
            ("answers", mining.evidence.answers), ("judged", mining.evidence.judged),
        ] {
            if let path { files[name] = MiningSource.checksummedFile(of: path) }
        }
        let inputs =
            metadataFile == nil && report.isEmpty && output == "-" ? [:] : MiningMetadata.checksums(files)
        let resumption = try MiningResumption(
            of: output, queries: queries, explain: explain, hasReport: !report.isEmpty, flags: running,
            place: MiningPlace(
                command: try MiningMetadata.words(Array(CommandLine.arguments.dropFirst())), inputs: inputs))
        let begin = resumption.earlier?.queries ?? 0
        if running.resume { common.say(resumption.beginning(of: asked.count)) }
        var (miner, choice, teacher) = try flags.miner(
            of: source, documents: documents, queries: asked, qrels: judged, explains: explain != nil,
            threads: common.threadCount)
        if let note = choice.note { common.say(note) }
        running.limit(&miner, texts: source.documents) { common.say($0) }
        if report.isEmpty { miner.stopEarly() } else { miner.reportDetail = MiningReportDetail() }
        let rows = MinedRows(
            format: outputFormat, withScores: outputScores || teacherScores, documents: documents, qrels: qrels,
            scorer: teacherScores ? teacher : nil)
        let explains = explain != nil
        let progress = ProgressLine("mining", unit: "queries", total: asked.count, from: begin, quiet: common.quiet)
        let result = try resumption.run {
            try resumption.write(output) { file in
                try FateFile.write(explain, resumption) { fates in
                    try MiningReportFiles.write(report) { reports in
                        try withFile(metadataFile) { sidecar in
                            var written = MinedOutput(file, format: outputFormat)
                            let found = try miner.mine(
                                asked, after: begin, qrels: judged,
                                rows: { (try rows.rows(of: $0), explains ? try FateLine.lines(of: $0) : "") },
                                each: { _, texts in
                                    try written.write(texts.0)
                                    try fates?.write(texts.1)
                                },
                                progress: { progress.update($0.queries) },
                                batchEnded: {
                                    try resumption.save(
                                        $0, of: asked.count, output: file, explain: fates?.file, report: $1)
                                })
                            var result = resumption.total(found)
                            result.notes = choice.note.map { [$0] }
                            let part = try written.finish()
                            let metadata = MiningMetadata(
                                command: try MiningMetadata.command(Array(CommandLine.arguments.dropFirst())),
                                analyzer: source.analyzer, inputs: inputs, report: result,
                                judgedQueriesMissing: known.count - asked.count,
                                output: .init(
                                    format: outputFormat, scores: rows.withScores, bytes: part.bytes,
                                    checksum: MiningMetadata.text(part.checksum)))
                            try reports.write(result, metadata: metadata)
                            try sidecar?.write(StableJSON.text(metadata))
                            return result
                        }
                    }
                }
            }
        }
        progress.finish()
        if asked.count < known.count {
            common.say("\(known.count - asked.count) queries of \(qrels) are not in \(queries)")
        }
        common.say(summary(of: result))
        if let teacher = teacher as? CachedRetriever { common.say("the teacher read \(teacher.scored) pairs") }
    }

    /// The options of mining without texts: refuses what needs them, and turns off the search for duplicates.
    private func textless(_ source: MiningSource) throws -> MiningFlags {
        let name = retriever ?? fromRun ?? ""
        let needs = [
            ("\(outputFormat.rawValue) rows", outputFormat.holdsText),
            ("--dedupe near", mining.dedupe == .near), ("--sampling diverse", mining.sampling == .diverse),
            ("--teacher \(mining.evidence.teacher ?? "")", mining.evidence.teacherReadsTexts),
            ("--answers", mining.evidence.answers != nil), ("--group-field", mining.evidence.groupField != nil),
            ("--mix neighbours", mining.mix?.shares.contains { $0.source == .neighbours } == true),
        ]
        if let (what, _) = needs.first(where: \.1) {
            throw UsageProblem(
                """
                no texts for \(what): \(name) holds none; give --corpus FILE or an index with texts\
                \(outputFormat.holdsText ? ", or --output-format ids" : "")
                """)
        }
        let drawsRandom =
            mining.ifTooFew == .fillRandom || mining.mix?.shares.contains { $0.source == .random } == true
        if drawsRandom, source.documentIDs == nil {
            throw UsageProblem("random documents: \(name) doesn't say which there are; give --corpus FILE or an index")
        }
        var flags = mining
        if flags.dedupe != .off {
            flags.dedupe = .off
            common.say("\(name) holds no texts: duplicates are not looked for (as with --dedupe off)")
        }
        return flags
    }

    /// Opens a further output before the work begins, so that all outputs are there or none.
    private func withFile<R>(_ path: String?, _ body: (AtomicFile?) throws -> R) throws -> R {
        guard let path else { return try body(nil) }
        return try AtomicFile.write(path: path) { try body($0) }
    }

    /// What people's judgements let pass, for people; nil for nothing.
    private static func overruled(_ report: MiningReport) -> String? {
        guard let overruled = report.overruled else { return nil }
        return "kept as judged wrong, which filters would have rejected: \(counts(overruled))"
    }

    /// Counts, the greatest first, then by name.
    private static func counts(_ counts: [String: Int]) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
            .joined(separator: ", ")
    }

    private func summary(of report: MiningReport) -> String {
        let reasons = Self.counts(report.rejected)
        return """
            mined \(report.negatives) negatives for \(report.queries - report.queriesWithoutPositives) queries \
            (\(report.shortQueries) got fewer than \(report.options.numNegatives), \(report.emptyQueries) none)
            \(self.report.isEmpty && explain == nil ? "rejected before the last negative" : "rejected"): \(reasons.isEmpty ? "nothing" : reasons)\
            \(MiningFlags.shortfall(report).map { "\n" + $0 } ?? "")\(Self.overruled(report).map { "\n" + $0 } ?? "")
            """
    }
}
