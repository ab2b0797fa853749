import ArgumentParser
import Decoy
import DurableStorage

/// `decoy analyze`: shows how text becomes terms.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze",
        abstract: "Show how text becomes terms, and what each filter made of them.",
        discussion: """
            Every token has its position, the bytes of the text that it was made of (start and end, counted in UTF-8), its
            kind, the terms that are indexed, and each filter that changed it. Of a removed token the filter is named that
            removed it; it keeps its position.

            A custom analyzer is a JSON file with "characterFilters", "tokenizer", "segmentation" and "filters"; --options
            prints any analyzer in that form, to begin with.

            EXAMPLES
              decoy analyze "The foxes' dens"
              decoy analyze --analyzer german "Die Straßen von Düsseldorf"
              decoy analyze --analyzer japanese --segmentation words "東京都に住む"
              decoy analyze --index notes.index "what was asked"
              head -3 notes.txt | decoy analyze --analyzer thai --json
              decoy analyze --tokenizer all-MiniLM-L6-v2 "What was asked"
              decoy analyze --list
              decoy analyze --analyzer german --options > mine.json
              decoy analyze --analyzer mine.json "Die Straßen von Düsseldorf"
            """.flowing)

    @Argument(help: "The text; without it, or with -, each line of standard input is one.")
    var text: String?

    @Option(help: AnalyzerArgument.help)
    var analyzer: AnalyzerArgument?

    @Option(help: Segmentation.help)
    var segmentation: Segmentation?

    @Option(help: ArgumentHelp("Take the analyzer of an index.", valueName: "index"), completion: .directory)
    var index: String?

    @Option(
        help: ArgumentHelp(
            "Show the ids and pieces of a subword tokenizer: a tokenizer.json, or a folder with one or with a vocab.txt.",
            valueName: "folder"), completion: .directory)
    var tokenizer: String?

    @Flag(help: "Print the analyzer as JSON, in the form that --analyzer FILE.json reads.")
    var options = false

    @Flag(help: "List the analyzers that have a name, each with its segmentation and filters.")
    var list = false

    @Flag(help: "Print as JSON; of standard input one object a line.")
    var json = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if index != nil, analyzer != nil || segmentation != nil {
            throw ValidationError(
                "--index takes the analyzer of the index as it is; leave out --analyzer and --segmentation")
        }
        if list, options || text != nil || analyzer != nil || segmentation != nil || index != nil {
            throw ValidationError("--list shows all analyzers; it takes neither a text nor an analyzer")
        }
        if tokenizer != nil, options || list || analyzer != nil || segmentation != nil || index != nil {
            throw ValidationError("--tokenizer shows ids of a subword tokenizer; it takes a text and --json alone")
        }
        if options, text != nil { throw ValidationError("--options shows the analyzer alone; it takes no text") }
        if options, analyzer == .auto { throw ValidationError("--options needs an analyzer; auto is chosen by text") }
    }

    func run() throws {
        if let tokenizer { return try SubwordListing(tokenizer, inJSON: json).run(on: text) }
        if list {
            if !json { return Console.output(try AnalyzerText.profiles().text(), terminator: "") }
            let profiles = try AnalyzerOptions.knownNames.map { try AnalyzerOptions(named: $0) }
            return Console.output(try JSONOutput.text(profiles))
        }
        if options { return Console.output(try JSONOutput.text(chosen(by: []).options)) }
        if let text, text != "-" {
            let analyzer = try chosen(by: [text])
            return Console.output(try rendered(text, by: analyzer, inLines: false), terminator: "")
        }
        try analyzeLines()
    }

    /// Each line of standard input; all are held where they choose the analyzer.
    private func analyzeLines() throws {
        var lines: [String] = []
        if analyzer == .auto {
            try TextLineReader.read("-") { lines.append($0) }
            let analyzer = try chosen(by: lines)
            for line in lines { Console.output(try rendered(line, by: analyzer, inLines: true), terminator: "") }
        } else {
            let analyzer = try chosen(by: [])
            try TextLineReader.read("-") { line in
                Console.output(try rendered(line, by: analyzer, inLines: true), terminator: "")
            }
        }
    }

    /// The analyzer that was asked for; `auto` goes by the texts.
    private func chosen(by texts: [String]) throws -> Analyzer {
        if let index {
            try FolderKind.lexicalIndex.require(at: index)
            return try IndexReader(path: index).matchingAnalyzer()
        }
        let sample = texts.map { Document(id: "", text: $0) }
        let (options, note) = try (analyzer ?? .profile("english")).options(sample: sample)
        if let note { common.say(note) }
        return try Analyzer(options.segmented(segmentation))
    }

    private func rendered(_ text: String, by analyzer: Analyzer, inLines: Bool) throws -> String {
        let trace = analyzer.trace(text)
        if json {
            let analysis = AnalyzedText(text, trace: trace, analyzer: analyzer.options)
            return try (inLines ? JSONOutput.line(analysis) : JSONOutput.text(analysis)) + "\n"
        }
        let table = AnalysisTable.text(trace, of: text)
        return inLines ? table + "\n" : table
    }
}
