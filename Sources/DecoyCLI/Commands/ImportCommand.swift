import ArgumentParser
import Decoy
import DurableStorage

/// `decoy import`: makes an index of another engine's.
///
/// A command beside `index`: what it reads is no corpus, so that no other command can read it, and texts, positions, fields, changes
/// and several inputs have no meaning for it.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make an index of a CIFF file, as Lucene, PISA and others write it.",
        discussion: """
            FILE holds terms, frequencies, lengths and ids (also .gz, .zst), and is read three times, so it cannot be standard input.
            The index has no texts and no positions: it searches, and neither mines, highlights nor finds phrases.

            CIFF says nothing of an analyzer. Queries go through the one that --analyzer names, and find something only where it makes
            the same terms as the program that wrote the file; whitespace takes queries that were analyzed before. Where stated lengths
            are rounded, the sums of frequencies take their place. Scores and rankings are Decoy's and differ from those of the
            engine that the file came from.

            EXAMPLES
              decoy import robust04.ciff.gz -o robust04.index
              decoy import scifact.ciff -o scifact.index --analyzer english
              decoy search scifact.index "vitamin d"
            """.flowing)

    @Argument(help: ArgumentHelp("The file to read.", valueName: "file"), completion: .file())
    var file: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("The index folder to write.", valueName: "index"),
        completion: .directory)
    var output: String

    @Option(
        help: ArgumentHelp(
            "How queries become terms: a file such as mine.json, or one of \(AnalyzerOptions.knownNames.joined(separator: ", ")).",
            valueName: "name"))
    var analyzer: AnalyzerArgument = .profile("whitespace")

    @Flag(name: [.short, .long], help: "Replace the index if there is one.")
    var force = false

    @Flag(help: "Print the summary as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if analyzer == .auto {
            throw ValidationError("--analyzer auto: there are no texts whose language could be found")
        }
        if file == "-" { throw ValidationError("the file is read three times and cannot be standard input") }
    }

    func run() throws {
        try OutputFolder.index.check(output, replace: force)
        let options = try analyzer.options(sample: []).options
        let progress = ProgressLine("importing", unit: "lists", quiet: common.quiet)
        let outcome = try CIFFImporter.build(
            file, at: output, analyzer: options, threads: common.threadCount, overwrite: force
        ) { progress.update($0) }
        progress.finish()
        let summary = outcome.summary
        if !outcome.description.isEmpty { common.say("the file says: \(Console.printable(outcome.description))") }
        if outcome.differentLengths > 0 {
            common.say(
                "the stated lengths of \(outcome.differentLengths) documents are not the sums of their frequencies, which the index has"
            )
        }
        if json { return Console.output(try JSONOutput.text(summary)) }
        common.say(
            """
            imported \(summary.documentCount) documents, \(summary.termCount) terms, \(summary.postingCount) postings; \
            queries are analyzed by '\(options.name)'
            """)
    }
}
