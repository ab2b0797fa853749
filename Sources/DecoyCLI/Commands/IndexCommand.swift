import ArgumentParser
import Decoy
import DurableStorage
import Foundation

/// `decoy index`: builds a lexical index from a corpus.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Build a lexical index from documents.",
        discussion: """
            CORPUS is a BEIR dataset folder, a .jsonl, .tsv, .csv or .trec file (also .gz, .zst), a folder of text files,
            or - for JSON lines on standard input.

            EXAMPLES
              decoy index scifact -o scifact.index
              decoy index notes/ -o notes.index --analyzer icu
              zcat corpus.jsonl.gz | decoy index - -o corpus.index
            """)

    @Argument(help: ArgumentHelp("What to index.", valueName: "corpus"))
    var corpora: [String]

    @Option(name: [.short, .long], help: ArgumentHelp("The index folder to write.", valueName: "index"))
    var output: String

    @Option(help: "The form of the input: \(CorpusFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format: CorpusFormat = .auto

    @Option(help: "How text becomes terms: \(AnalyzerOptions.knownNames.joined(separator: ", ")).")
    var analyzer = "english"

    @Option(help: ArgumentHelp("Memory for postings before they go to disk, such as 512MB.", valueName: "size"))
    var memory: ByteSize = ByteSize(bytes: 512 << 20)

    @Flag(help: "Do not store the documents' text (smaller; mining and training then need the corpus).")
    var withoutText = false

    @Flag(name: [.short, .long], help: "Replace the index if there is one.")
    var force = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        try OutputFolder.index.check(output, replace: force)
        let progress = ProgressLine("indexing", unit: "documents", quiet: common.quiet)
        let job = IndexJob(
            analyzer: try AnalyzerOptions(named: analyzer), storeText: !withoutText, memory: memory.bytes,
            threads: common.threadCount)
        let summary = try job.build(corpora, format: format, at: output, replace: force) { progress.update($0) }
        progress.finish()
        if json {
            Console.output(try JSONOutput.text(summary))
        } else {
            common.say(
                """
                indexed \(summary.documentCount) documents, \(summary.termCount) terms, \(summary.postingCount) postings \
                in \(String(format: "%.1f", progress.elapsed)) s; \(output) has \(ByteSize(bytes: summary.bytes.total))
                """)
        }
    }
}

extension CorpusFormat: ExpressibleByArgument {}
