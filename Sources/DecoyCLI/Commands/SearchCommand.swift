import ArgumentParser
import Decoy
import DurableStorage

/// `decoy search`: answers one query or a file of queries.
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Search an index, with one query or a file of queries.",
        discussion: """
            INDEX is a lexical index or a vector folder; with --dense both are used (hybrid).

            Words between double quotes are a phrase that every hit holds, if the index was made with --positions; in a
            file of queries only with --phrases.

            A table shows of each hit the stretch of text that holds most of the query, its words in bold on a terminal. With
            --highlight they stand between ** where nothing is bold, and jsonl has a field "highlights" for each hit: the
            stretch (text), where it begins and ends in title, space and text (start, end), and the words in it (ranges, from
            the start of the stretch), all in bytes of UTF-8.

            A file of queries is checked first and then answered as it is read, in constant memory; queries from a pipe are held.

            Without a query, on a terminal, queries are typed one after the other: with line editing and history, and with commands
            such as :more, :explain 2, :neighbors 3 and :help. Lines are remembered in $XDG_STATE_HOME/decoy/history
            (~/.local/state unless set), which only its owner may read; DECOY_HISTORY=off turns that off.

            With --global-stats a shard's documents have the scores that they have in the whole. Of a shard's run in a file
            FILE.shard.json beside it says which shard it is and how it was searched; decoy run merge checks that.
            --only FILE searches for the queries again that decoy run unsure names.

            FILTERS
            key = value, != < <= > >=, key in (a, b), exists key; and, or, not, parentheses. A key is a field of the corpus
            line (not id, title, text), or of its object "metadata"; a.b leads into objects. A number without quotes
            compares with numbers and with strings that spell one, all else with strings by their bytes. Of arrays one
            value is enough. key != x is false where the key is missing; not (key = x) is true there.

            EXAMPLES
              decoy search notes.index "river bank flood"
              decoy search notes.index
              decoy search notes.index "river bank flood" --similarity bm25+ --explain
              decoy search notes.index '"river bank" flood' --proximity 1
              decoy search scifact.index "vitamin D" --fields title=2,text=1
              decoy search notes.index "river bank flood" --filter "year >= 2020 and not (lang = de)"
              decoy search notes.index "river bank flood" --rm3 --explain
              decoy search notes.index "river bank flood" --highlight --output-format jsonl
              decoy search scifact.index --queries scifact/queries.jsonl -k 100 -o bm25.trec
              decoy search wiki.0.index --global-stats wiki.stats --queries queries.jsonl -k 100 -o wiki.0.trec
              decoy search scifact.vectors --model scifact.model --queries scifact/queries.jsonl -k 100 -o dense.trec
              decoy search scifact.index --dense scifact.vectors --model scifact.model "aspirin and stroke"
            """.flowing)

    /// The most documents that a query gets.
    static let largestK = 10_000_000

    @Argument(help: "A lexical index or a vector folder.", completion: .directory)
    var index: String

    @Argument(help: "The query; on a terminal without one queries are typed.")
    var text: String?

    @Option(
        help: ArgumentHelp("Answer every query of a file (.jsonl or .tsv).", valueName: "file"), completion: .file())
    var queries: String?

    @Option(
        help: ArgumentHelp("Answer only the queries whose ids are in a file, one a line.", valueName: "file"),
        completion: .file())
    var only: String?

    @OptionGroup var retrieval: RetrieverOptions

    @Option(
        help: ArgumentHelp("Score a shard by the statistics of all shards (decoy stats merge).", valueName: "file"),
        completion: .file())
    var globalStats: String?

    @Flag(help: "Take words between double quotes as phrases in a file of queries too.")
    var phrases = false

    @Option(name: .short, help: "How many documents a query gets.")
    var k = 10

    @Option(help: "The form of the result. (default: table for a single query, trec for a file)")
    var outputFormat: HitFormat?

    @Flag(help: "The same as --output-format jsonl.")
    var json = false

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result to a file.", valueName: "file"), completion: .file()
    )
    var output = "-"

    @Flag(help: "Leave out a document whose id is the query's.")
    var excludeQueryID = false

    @Flag(
        help: "Show for each hit what each term contributes; the contributions sum up to the score (table and jsonl).")
    var explain = false

    @Flag(help: "Mark the query's words in the text of each hit (table and jsonl).")
    var highlight = false

    @Option(help: "The last column of a TREC run. (default: the retriever's name)")
    var tag: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard text == nil || queries == nil else { throw ValidationError("give either a query or --queries FILE") }
        guard !json || outputFormat ?? .jsonl == .jsonl else {
            throw ValidationError("give --json or --output-format, not both")
        }
        try validateInteractive()
        guard !excludeQueryID || queries != nil else {
            throw ValidationError("--exclude-query-id goes with --queries FILE; a query given by hand has no id")
        }
        guard only == nil || queries != nil else { throw ValidationError("--only goes with --queries FILE") }
        guard (1...Self.largestK).contains(k) else { throw ValidationError("-k \(k): give 1 to \(Self.largestK)") }
    }

    func run() throws {
        if isInteractive { return try runInteractively() }
        var takesPhrases = false
        let opened = try retrieval.open(index, threads: common.threadCount, globalStatistics: globalStats) { reader in
            takesPhrases = try looksForPhrases(reader)
            return takesPhrases
        }
        let asked =
            try text.map { QueryFile([Query(id: "1", text: takesPhrases ? $0 : PhraseQuery(parsing: $0).text)]) }
            ?? QueryFile(queries ?? "-")
        let format = json ? .jsonl : outputFormat ?? (text != nil && output == "-" ? .table : .trec)
        var writer = HitWriter(format: format, tag: tag ?? opened.retriever.name, documents: opened.storedDocuments)
        if explain {
            guard let explaining = opened.retriever as? any ExplainingRetriever else {
                throw UsageProblem("--explain needs a lexical index alone, without --dense")
            }
            guard format == .table || format == .jsonl else {
                throw UsageProblem("--explain is for --output-format table or jsonl, not \(format.rawValue)")
            }
            writer.explaining = explaining
        }
        // A file is no terminal.
        if output == "-" { writer.bold = Console.bold }
        try setHighlighting(of: &writer, opened)
        var selection = try only.map { try QuerySelection($0) }
        let progress = ProgressLine(
            "searching", unit: "queries", total: selection?.count ?? asked.count, quiet: common.quiet || output == "-")
        let runRecord = try RunRecord.Draft(self, opened, format: format)
        var digest = InputDigest()
        if output != "-" { try RunRecord.remove(besides: output) }
        let run = try AtomicFile.write(path: output) { file in
            var answered = 0
            // So many that a thread with nothing left to do does not matter.
            try asked.forEachBatch(512 * common.threadCount) { read in
                for query in read where runRecord != nil { digest.add(query) }
                let batch = selection?.take(from: read) ?? read
                if batch.isEmpty { return }
                var place = 0
                try opened.retriever.retrieve(batch, k: excludeQueryID ? k + 1 : k) { ranking in
                    try file.write(try writer.bytes(of: trimmed(ranking), query: batch[place].text))
                    place += 1
                    progress.update(answered + place)
                }
                answered += batch.count
            }
            try selection?.finish(queries ?? "-")
            return file.part
        }
        try runRecord?.record(of: run, queries: digest.text, only: selection?.digest.text).write(besides: output)
        progress.finish()
    }

    /// Words are marked where that is asked for, and in a table for a query given by hand where there is text.
    func setHighlighting(of writer: inout HitWriter, _ opened: RetrieverOptions.Opened) throws {
        let searcher = opened.storedDocuments as? Searcher
        if highlight {
            guard writer.format == .table || writer.format == .jsonl else {
                throw UsageProblem("--highlight is for --output-format table or jsonl, not \(writer.format.rawValue)")
            }
            guard searcher != nil else {
                throw UsageProblem(
                    "--highlight needs the text of the documents: a lexical index that was made without --without-text")
            }
        }
        if highlight || (writer.format == .table && queries == nil) { writer.highlighting = searcher }
        if output == "-", Console.outputIsColoured {
            writer.mark = Console.bold
        } else if highlight {
            writer.mark = { "**\($0)**" }
        }
    }

    /// Whether quotes make phrases: in a query given by hand where the index allows it, in a file where it is asked for.
    private func looksForPhrases(_ reader: IndexReader?) throws -> Bool {
        if let problem = phraseProblem(reader) {
            if phrases { throw UsageProblem("--phrases: \(problem)") }
            if let text, !PhraseQuery(parsing: text).phrases.isEmpty {
                common.say("the quotes are ignored: \(problem)")
            }
            return false
        }
        return phrases || text != nil
    }

    /// Why no phrases can be looked for; nil where they can.
    func phraseProblem(_ reader: IndexReader?) -> String? {
        guard let reader else { return "phrases are looked for in a lexical index alone, without vectors" }
        return reader.summary.storesPositions ? nil : "\(reader.path) \(StageOptions.positionsRemedy)"
    }

    /// The best k, without the query's own document where that is not wanted.
    private func trimmed(_ ranking: Ranking) -> Ranking {
        var ranking = ranking
        if excludeQueryID { ranking.documents.removeAll { $0.id == ranking.queryID } }
        if ranking.documents.count > k { ranking.documents.removeLast(ranking.documents.count - k) }
        return ranking
    }
}
