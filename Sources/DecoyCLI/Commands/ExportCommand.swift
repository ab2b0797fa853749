import ArgumentParser
import Decoy
import DurableStorage

/// `decoy export`: writes documents, queries or an index for other engines.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write documents, queries or an index for other search engines.",
        discussion: """
            FORMATS
              opensearch-bulk      documents of an index or a corpus, as bodies of _bulk
              opensearch-settings  what creates the index there: k1, b, nearest analyzer
              opensearch-msearch   queries as bodies of _msearch
              ciff                 an index in the Common Index File Format, which
                                   decoy import reads too

            Other engines analyze text in their own way and have other forms of BM25 (OpenSearch's and Lucene's round lengths to a
            byte): terms, scores and rankings differ from Decoy's. Measure both with decoy evaluate. CIFF carries terms, frequencies, lengths and ids, and no texts, metadata or analyzer.

            In OpenSearch the query matches the field 'contents', title and text together, which the settings make; --fields gives
            a multi_match instead. The query's id comes back with each hit as its matched query. Everything else a document says is
            below 'metadata'. Lines come in pairs: split long files between them (split -l 2000), and send each part as it is.
            A FILE that ends in .gz or .zst is compressed.

            EXAMPLES
              decoy export scifact.index --format opensearch-settings -o settings.json
              decoy export scifact.index --format opensearch-bulk -o docs.ndjson --index-name scifact
              decoy export scifact --format opensearch-bulk -o docs.ndjson.gz --index-name scifact
              decoy export scifact/queries.jsonl --format opensearch-msearch -k 100 -o queries.ndjson --index-name scifact
              curl -X PUT localhost:9200/scifact -H 'Content-Type: application/json' --data-binary @settings.json
              curl localhost:9200/_bulk -H 'Content-Type: application/x-ndjson' --data-binary @docs.ndjson
              decoy export scifact.index --format ciff -o scifact.ciff.gz
            """.flowing)

    /// What is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case bulk = "opensearch-bulk"
        case settings = "opensearch-settings"
        case msearch = "opensearch-msearch"
        case ciff
    }

    @Argument(help: ArgumentHelp("An index, a corpus, or a file of queries.", valueName: "input"), completion: .file())
    var input: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file to write (- for standard output).", valueName: "file"),
        completion: .file())
    var output: String

    @Option(help: "What to write.")
    var format: Format

    @Option(help: ArgumentHelp("The index that documents and queries go to (default: documents).", valueName: "name"))
    var indexName: String?

    @Option(
        name: .customShort("k"),
        help: "Hits to ask for with each query of opensearch-msearch, 1 to 10000 (default: 100).")
    var hits: Int?

    @Option(
        help: ArgumentHelp("The analyzer of a corpus for opensearch-settings (default: english).", valueName: "name"))
    var analyzer: AnalyzerArgument?

    @OptionGroup var bm25: BM25Options
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let hits, !(1...10_000).contains(hits) {
            throw ValidationError("-k \(hits): give 1 to 10000, which is the most that OpenSearch returns")
        }
        func refuse(_ option: String, _ isGiven: Bool, unless format: Format...) throws {
            if isGiven, !format.contains(self.format) {
                throw ValidationError(
                    "\(option) goes with --format \(format.map(\.rawValue).joined(separator: " or "))")
            }
        }
        try refuse("-k", hits != nil, unless: .msearch)
        try refuse("--fields", bm25.fields != nil, unless: .msearch)
        try refuse("--analyzer", analyzer != nil, unless: .settings)
        try refuse("--index-name", indexName != nil, unless: .bulk, .msearch)
        try refuse("--similarity", bm25.similarity != nil, unless: .settings)
        try refuse("--k1", bm25.k1 != nil, unless: .settings)
        try refuse("--b", bm25.b != nil, unless: .settings)
        try refuse("--delta", bm25.delta != nil, unless: .settings)
        try refuse("--tuned", bm25.tuned != nil, unless: .settings)
        _ = try lines()
    }

    /// The lines for the named index.
    private func lines() throws -> OpenSearchLines {
        let name = indexName ?? "documents"
        guard let lines = OpenSearchLines(index: name) else {
            throw ValidationError(
                "--index-name '\(name)': OpenSearch wants lower case, none of \\/*?\"<>|,#: or white space, no _-+. first"
            )
        }
        return lines
    }

    func run() throws {
        switch format {
        case .bulk: try exportDocuments()
        case .settings: try exportSettings()
        case .msearch: try exportQueries()
        case .ciff: try exportIndex()
        }
        common.say(
            """
            note: other engines analyze text in their own way and have other forms of BM25 (Lucene's with rounded lengths), so \
            terms, scores and rankings differ from Decoy's; compare them with decoy evaluate
            """)
    }

    private var inputIsIndex: Bool { (try? FolderKind(of: input)) == .lexicalIndex }

    private func exportDocuments() throws {
        let lines = try lines()
        let progress = ProgressLine("exporting", unit: "documents", quiet: common.quiet)
        var count = 0
        try CompressedOutput.write(path: output) { file in
            func write(_ document: Document) throws {
                do {
                    try file.write(lines.bulk(document))
                } catch var error as InputError {
                    error.source = input
                    throw InputErrors(error)
                }
                count += 1
                progress.update(count)
            }
            if inputIsIndex {
                try IndexReader(path: input).forEachDocument(write)
            } else {
                try CorpusReader.read(input, format: .auto) { for document in $0 { try write(document) } }
            }
        }
        progress.finish()
        common.say("\(count) documents for the index '\(lines.index)'")
    }

    private func exportSettings() throws {
        let options: AnalyzerOptions
        if inputIsIndex {
            if analyzer != nil { throw UsageProblem("--analyzer: the index that is there says how text becomes terms") }
            options = try IndexReader(path: input).analyzerIdentity.options
        } else {
            var sample: [Document] = []
            if analyzer == .auto {
                try CorpusReader.read(input, format: .auto) { if sample.count < 1024 { sample += $0 } }
            }
            options = try (analyzer ?? .profile("english")).options(sample: sample).options
        }
        let similarity = try bm25.resolved().similarity
        let settings = OpenSearchSettings(similarity: similarity, analyzer: options)
        try CompressedOutput.write(path: output) { try $0.write(settings.json) }
        if similarity.variant != .lucene {
            common.say(
                "OpenSearch has Lucene's form of BM25 alone; \(similarity.variant.rawValue) gives it k1 and b only")
        }
        common.say("the analyzer '\(settings.nearestAnalyzer)' is the nearest to '\(options.name)'")
    }

    private func exportQueries() throws {
        let lines = try lines()
        let fields = bm25.fields?.fields.filter { $0.weight > 0 }.map { field in
            let name = ["title", "text"].contains(field.name) ? field.name : "metadata." + field.name
            return field.weight == 1 ? name : name + "^" + JSONText.number(field.weight)
        }
        var count = 0
        try CompressedOutput.write(path: output) { file in
            try QueryReader.read(input) { batch in
                for query in batch { try file.write(lines.search(query, k: hits ?? 100, fields: fields ?? [])) }
                count += batch.count
            }
        }
        common.say("\(count) queries for the index '\(lines.index)'; answers come in their order")
    }

    private func exportIndex() throws {
        try FolderKind.lexicalIndex.require(at: input)
        let reader = try IndexReader(path: input)
        let name = reader.analyzerIdentity.options.name
        let exporter = try CIFFExporter(reader)
        let summary = try CompressedOutput.write(path: output) { file in
            try exporter.write(description: "Decoy \(DecoyCommand.configuration.version); analyzer \(name)") {
                try file.write($0)
            }
        }
        common.say(
            "\(summary.documentCount) documents, \(summary.termCount) terms, \(summary.postingCount) postings, by analyzer \(name)"
        )
    }
}
