import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// `decoy index`: builds a lexical index from a corpus, or changes one.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Build a lexical index, or add, replace and delete documents.",
        discussion: """
            CORPUS is a BEIR dataset folder, a .jsonl, .tsv, .csv or .trec file (also .gz, .zst), a folder of .txt and .md
            files (others are left out), or - for JSON lines on standard input.

            A change is made whole or not at all, and searches go on meanwhile. Scores are then those of an index
            that was built anew of the documents that are left.

            With --shard I/N only the documents of part I of N are indexed, by a stable hash of their ids; each task is given the
            whole corpus, or the whole change. --shard auto takes both numbers from a Slurm array. With --force a task may
            be run twice.

            EXAMPLES
              decoy index scifact -o scifact.index
              decoy index notes/ -o notes.index --analyzer icu --positions
              decoy index wiki.jsonl -o wiki.index --analyzer japanese --segmentation bigrams
              decoy index scifact -o scifact.index --fields title=2,text
              zcat corpus.jsonl.gz | decoy index - -o corpus.index
              decoy index new.jsonl -o notes.index --append
              decoy index changed.jsonl -o notes.index --update
              decoy index -o notes.index --delete old-ids.txt
              decoy index -o notes.index --compact
              decoy index wiki.jsonl -o wiki.0.index --shard 0/16
            """.flowing)

    @Argument(help: ArgumentHelp("What to index.", valueName: "corpus"), completion: .file())
    var corpora: [String] = []

    @Option(
        name: [.short, .long], help: ArgumentHelp("The index folder to write.", valueName: "index"),
        completion: .directory)
    var output: String

    @Flag(help: "Add the documents to the index that is there; an id that it holds is an error.")
    var append = false

    @Flag(help: "Add the documents to the index that is there; each replaces the one of its id.")
    var update = false

    @Option(
        help: ArgumentHelp("Delete the documents of these ids, one a line (- for standard input).", valueName: "file"),
        completion: .file())
    var delete: String?

    @Flag(help: "Merge the index into one segment without room for deleted documents.")
    var compact = false

    @Option(help: "The form of the input.")
    var format: CorpusFormat = .auto

    @Option(help: AnalyzerArgument.help)
    var analyzer: AnalyzerArgument?

    @Option(help: Segmentation.help)
    var segmentation: Segmentation?

    @Option(
        help: ArgumentHelp(
            "Index title, text and metadata keys as fields of their own, to be searched with weights (BM25F).",
            valueName: "title=2,text=1"),
        transform: FieldWeights.argument)
    var fields: FieldWeights?

    @Option(help: ArgumentHelp("Memory for postings before they go to disk, such as 512MB.", valueName: "size"))
    var memory: ByteSize = ByteSize(bytes: 512 << 20)

    @Flag(help: "Do not store the documents' text (smaller; mining and training then need the corpus).")
    var withoutText = false

    @Flag(help: "Store where in a document each word stands, for phrases and --proximity (larger).")
    var positions = false

    @Option(help: ShardArgument.help)
    var shard: ShardArgument?

    @Flag(name: [.short, .long], help: "Replace the index if there is one.")
    var force = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    /// Whether an index that is there is changed.
    private var isChange: Bool { append || update || delete != nil || compact }

    func validate() throws {
        if append && update { throw ValidationError("give --append or --update, not both") }
        if isChange {
            if force { throw ValidationError("--force replaces the whole index; it goes with no change of one") }
            if analyzer != nil {
                throw ValidationError("--analyzer: the index that is there says how text becomes terms")
            }
            if segmentation != nil {
                throw ValidationError("--segmentation: the index that is there says how text becomes terms")
            }
            if fields != nil { throw ValidationError("--fields: the index that is there says which fields it has") }
            if withoutText {
                throw ValidationError("--without-text: the index that is there says whether text is stored")
            }
            if positions {
                throw ValidationError("--positions: the index that is there says whether positions are stored")
            }
            if append || update, corpora.isEmpty { throw ValidationError("name the corpus to add") }
            if !append, !update, !corpora.isEmpty { throw ValidationError("say --append or --update to add documents") }
            if delete == "-", corpora.contains("-") {
                throw ValidationError("standard input cannot be both ids and documents")
            }
        } else if corpora.isEmpty {
            throw ValidationError("name the corpus to index")
        }
    }

    func run() throws {
        for corpus in corpora { try FolderKind.refuse(asCorpus: corpus) }
        if !isChange { try OutputFolder.index.check(output, replace: force) }
        let progress = ProgressLine("indexing", unit: "documents", quiet: common.quiet)
        if isChange { return try change(progress) }
        let job = IndexJob(
            analyzer: analyzer, segmentation: segmentation, storeText: !withoutText, positions: positions,
            fields: fields, shard: try shard?.resolved(), memory: memory.bytes, threads: common.threadCount)
        let summary = try job.build(corpora, format: format, at: output, replace: force, say: common.say) {
            progress.update($0)
        }
        progress.finish()
        try report(
            summary,
            """
            indexed \(summary.documentCount) documents, \(summary.termCount) terms, \(summary.postingCount) postings \
            in \(NumberText.fixed(progress.elapsed, 1)) s; \(output) has \(ByteSize(bytes: summary.bytes.total))
            """)
    }

    private func change(_ progress: ProgressLine) throws {
        let job = IndexChange(
            change: update ? .update : .append, deletions: delete, compacts: compact, shard: try shard?.resolved(),
            memory: memory.bytes,
            threads: common.threadCount)
        let outcome = try job.apply(corpora, format: format, to: output) { progress.update($0) }
        progress.finish()
        if outcome.unknown > 0 { common.say("\(outcome.unknown) ids to delete were not in the index") }
        try report(
            outcome.summary,
            """
            added \(outcome.added) documents, \(update ? "replaced or deleted" : "deleted") \(outcome.deleted) in \
            \(NumberText.fixed(progress.elapsed, 1)) s; \(output) has \(outcome.summary.documentCount) documents in \
            \(outcome.summary.segmentCount) segments, \(ByteSize(bytes: outcome.summary.bytes.total))
            """)
    }

    private func report(_ summary: IndexSummary, _ text: String) throws {
        for field in summary.fields ?? [] where field.documentsWithTerms == 0 && summary.documentCount > 0 {
            let question = Suggestion.question(for: field.name, among: ["title", "text"]).map { "; \($0)" } ?? ""
            common.say("no document has text in the field '\(field.name)'\(question)")
        }
        if json { Console.output(try JSONOutput.text(summary)) } else { common.say(text) }
    }
}

extension CorpusFormat: ExpressibleByArgument {}
