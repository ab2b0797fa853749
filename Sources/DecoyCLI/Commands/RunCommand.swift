import ArgumentParser
import Decoy
import DurableStorage

/// `decoy run`: what is done with whole runs.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Merge the runs of shards.",
        discussion: """
            EXAMPLES
              decoy run merge wiki.*.trec -o wiki.trec
              decoy run unsure wiki.*.trec -k 100 -o unsure.txt
            """.flowing,
        subcommands: [MergeRuns.self, UnsureQueries.self])
}

/// The runs of shards, and the queries that they answer.
struct ShardRunOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Runs of shards, TREC or jsonl, as decoy search writes them.", valueName: "run"),
        completion: .file())
    var runs: [String]

    @Option(help: ArgumentHelp("The queries that were asked, for their order.", valueName: "file"), completion: .file())
    var queries: String?

    @Flag(help: "Go on although shards are missing.")
    var partial = false

    /// The merge of the runs, their queries in the order of the file.
    func merge(_ rounds: RunRounds) throws -> RunMerge {
        var order: [QueryID]?
        if let queries {
            var ids: [QueryID] = []
            try QueryReader.read(queries) { ids += $0.map(\.id) }
            order = ids
        }
        return try RunMerge(rounds.first, depth: rounds.record?.k, again: rounds.again, queries: order)
    }

    static func check(_ k: Int?) throws {
        if let k, !(1...SearchCommand.largestK).contains(k) {
            throw ValidationError("-k \(k): give 1 to \(SearchCommand.largestK)")
        }
    }
}

/// `decoy run merge`: makes one run of those of shards.
struct MergeRuns: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: "Merge runs of shards into the run of the whole, whatever the order of the files.",
        discussion: """
            Of each query the best k documents of all runs are kept: score descending, then id descending; scores stay as they are
            written. Where decoy search wrote FILE.shard.json beside the runs, missing, repeated and foreign shards are
            refused; runs without are merged as they are, and need -k.

            Queries stand in the order that all runs share. Where a query has hits in a few shards alone, that order may be
            open; --queries FILE gives it.

            Shards need not be searched for all k documents. Of N shards each holds about k/N of a query's best; with some more
            (k/N, three times its square root, and 2) few queries are open, and decoy run unsure lists these. They are
            searched again for k, and all runs are merged. The lines are those of one index, or the merge fails.

            EXAMPLES
              decoy run merge wiki.*.trec -o wiki.trec
              decoy run merge wiki.*.trec --queries queries.jsonl --output-format msmarco -o wiki.tsv
              decoy run merge one.trec other.trec -k 100 -o both.trec

            IN TWO ROUNDS
              decoy search wiki.0.index --global-stats wiki.stats --queries queries.jsonl -k 40 -o first.0.trec   # of each shard
              decoy run unsure first.*.trec -k 100 -o unsure.txt
              decoy search wiki.0.index --global-stats wiki.stats --queries queries.jsonl --only unsure.txt -k 100 -o second.0.trec
              decoy run merge first.*.trec second.*.trec -k 100 -o wiki.trec
            """.flowing)

    @OptionGroup var shards: ShardRunOptions

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result to a file.", valueName: "file"), completion: .file()
    )
    var output = "-"

    @Option(name: .short, help: "How many documents a query gets. (default: that of the searches)")
    var k: Int?

    @Option(help: "The form of the runs, or msmarco of either.")
    var outputFormat: RunMerge.Format?

    @OptionGroup var common: CommonOptions

    func validate() throws { try ShardRunOptions.check(k) }

    func run() throws {
        let rounds = try RunRounds(shards.runs, partial: shards.partial)
        let depth = try rounds.depth(k)
        let merge = try shards.merge(rounds)
        if merge.orderIsOpen {
            common.say(
                "the runs leave the order of some queries open; these stand by id (--queries FILE gives the order)")
        }
        if output != "-" { try RunRecord.remove(besides: output) }
        let part = try AtomicFile.write(path: output) { file in
            try merge.write(k: depth, format: outputFormat) { try file.write($0) }
            return file.part
        }
        if output != "-", outputFormat ?? merge.form == merge.form, var record = rounds.record {
            record.k = depth
            record.run = part
            try record.write(besides: output)
        }
    }
}

/// `decoy run unsure`: says of which queries the shards must be searched again.
struct UnsureQueries: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unsure",
        abstract: "List the queries of which runs of shards leave it open what the best k documents are.",
        discussion: """
            A shard that was searched for fewer than k documents may hold more of a query's best. It cannot where k documents of
            all shards stand before the last one that it gave. The ids of all other queries are written, one a line, for
            decoy search --only; see decoy run merge --help for the whole. The list may be empty.

            EXAMPLES
              decoy run unsure wiki.*.trec -k 100 -o unsure.txt
            """.flowing)

    @OptionGroup var shards: ShardRunOptions

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the ids to a file.", valueName: "file"), completion: .file())
    var output = "-"

    @Option(name: .short, help: "How many documents a query is to get.")
    var k: Int

    @OptionGroup var common: CommonOptions

    func validate() throws { try ShardRunOptions.check(k) }

    func run() throws {
        let rounds = try RunRounds(shards.runs, partial: shards.partial)
        guard rounds.record != nil else {
            throw UsageProblem(
                "the runs have no records of their searches beside them, so nothing is known of what they leave out")
        }
        let unsure = try shards.merge(rounds).unsure(k: rounds.depth(k))
        try AtomicFile.write(path: output) { file in
            for query in unsure { try file.write(query + "\n") }
        }
    }
}

extension RunMerge.Format: ExpressibleByArgument {}
