import ArgumentParser
import Decoy
import DurableStorage

/// `decoy stats`: the statistics that scores of a shard need, of one index or of all together.
struct StatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Collect the statistics of shards: each is scored like the whole.",
        discussion: """
            EXAMPLES
              decoy stats wiki.0.index -o wiki.0.stats
              decoy stats merge wiki.*.stats -o wiki.stats
              decoy stats wiki.stats
              decoy search wiki.0.index --global-stats wiki.stats --queries queries.jsonl -k 100 -o wiki.0.trec
            """.flowing,
        subcommands: [IndexStatistics.self, MergeStatistics.self], defaultSubcommand: IndexStatistics.self)
}

/// `decoy stats INDEX`: shows the statistics of an index or of a file, or writes those of a shard.
struct IndexStatistics: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the statistics of an index or of a file, or write those of a shard's index.",
        discussion: """
            EXAMPLES
              decoy stats wiki.0.index -o wiki.0.stats
              decoy stats wiki.stats --json
            """.flowing)

    @Argument(help: "A lexical index, or a file of statistics.", completion: .directory)
    var index: String

    @Option(
        name: [.short, .long], help: ArgumentHelp("The file of statistics to write.", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    /// What is shown.
    private struct Shown: Encodable {
        var documentsWithTerms: Int
        var totalLength: Int
        var averageLength: Double
        var termCount: Int?
        var coverage: ShardCoverage?
    }

    func run() throws {
        let shown: Shown
        if StatisticsFiles.isFile(index) {
            guard output == nil else {
                throw UsageProblem("-o: \(index) is a file of statistics already; decoy stats merge joins several")
            }
            let file = try ShardStatistics(path: index)
            shown = Shown(
                documentsWithTerms: file.documentCount, totalLength: file.totalLength,
                averageLength: file.averageLength, termCount: file.termCount, coverage: file.coverage)
        } else {
            try FolderKind.lexicalIndex.require(at: index)
            let reader = try IndexReader(path: index)
            if let output {
                try ShardStatistics.write(of: reader, to: output)
                if output == "-" { return }
                let file = try ShardStatistics(path: output)
                common.say("\(output) has \(file.termCount) terms of \(file.documentCount) documents")
                if !json { return }
            }
            shown = Shown(
                documentsWithTerms: reader.documentCount, totalLength: reader.totalLength,
                averageLength: reader.averageLength, coverage: reader.summary.shard.map(ShardCoverage.init))
        }
        if json { return Console.output(try JSONOutput.text(shown)) }
        Console.output(
            """
            documents        \(shown.documentsWithTerms) with terms
            total length     \(shown.totalLength) terms
            mean length      \(shown.averageLength) terms
            """)
        if let terms = shown.termCount { Console.output("terms            \(terms)") }
        if let coverage = shown.coverage {
            Console.output(
                """
                shards           \(ShardCoverage.list(coverage.shards)) of \(coverage.count)
                inputs           \(coverage.inputs)
                options          \(coverage.options)
                """)
        }
    }
}

/// `decoy stats merge`: sums the statistics of shards.
struct MergeStatistics: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Sum the statistics of shards; the order of the files and merges of merges change no byte.",
        discussion: """
            Files of other documents, options or another number of shards are refused, and so is a shard that is there twice.
            A missing one is an error unless --partial is said.

            EXAMPLES
              decoy stats merge wiki.*.stats -o wiki.stats
              decoy stats merge wiki.0.stats wiki.1.stats -o first.stats --partial
            """.flowing)

    @Argument(help: ArgumentHelp("Files of decoy stats.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "file"), completion: .file())
    var output: String

    @Flag(help: "Merge although shards are missing.")
    var partial = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let coverage = try ShardStatistics.merge(files, to: output, partial: partial)
        common.say("\(output) covers \(coverage.shards.count) of \(coverage.count) shards")
    }
}

/// Files beside folders on a command line.
enum StatisticsFiles {
    /// Whether a path is a file rather than a folder or nothing.
    static func isFile(_ path: String) -> Bool {
        guard let mapped = try? MappedFile(path: path) else { return false }
        return mapped.count > 0
    }
}
