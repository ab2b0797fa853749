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
            """.flowing,
        subcommands: [MergeRuns.self])
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

            EXAMPLES
              decoy run merge wiki.*.trec -o wiki.trec
              decoy run merge wiki.*.trec --queries queries.jsonl --output-format msmarco -o wiki.tsv
              decoy run merge one.trec other.trec -k 100 -o both.trec
            """.flowing)

    @Argument(
        help: ArgumentHelp("Runs of shards, TREC or jsonl, as decoy search writes them.", valueName: "run"),
        completion: .file())
    var runs: [String]

    @Option(
        name: [.short, .long], help: ArgumentHelp("Write the result to a file.", valueName: "file"), completion: .file()
    )
    var output = "-"

    @Option(name: .short, help: "How many documents a query gets. (default: that of the searches)")
    var k: Int?

    @Option(help: ArgumentHelp("The queries that were asked, for their order.", valueName: "file"), completion: .file())
    var queries: String?

    @Option(help: "The form of the runs, or msmarco of either.")
    var outputFormat: RunMerge.Format?

    @Flag(help: "Merge although shards are missing.")
    var partial = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let k, !(1...SearchCommand.largestK).contains(k) {
            throw ValidationError("-k \(k): give 1 to \(SearchCommand.largestK)")
        }
    }

    func run() throws {
        let record = try record()
        guard let depth = k ?? record?.k else {
            throw UsageProblem(
                "-k: the runs have no records of their searches beside them; say how many documents a query gets")
        }
        if let record, depth > record.k {
            throw UsageProblem("-k \(depth): the shards were searched with -k \(record.k); give as many or less")
        }
        var order: [QueryID]?
        if let queries {
            var ids: [QueryID] = []
            try QueryFile(queries).forEachBatch { ids += $0.map(\.id) }
            order = ids
        }
        let merge = try RunMerge(runs, queries: order)
        if merge.orderIsOpen {
            common.say(
                "the runs leave the order of some queries open; these stand by id (--queries FILE gives the order)")
        }
        if output != "-" { try RunRecord.remove(besides: output) }
        let part = try AtomicFile.write(path: output) { file in
            try merge.write(k: depth, format: outputFormat) { try file.write($0) }
            return file.part
        }
        if output != "-", outputFormat ?? merge.form == merge.form, var record {
            record.k = depth
            record.run = part
            try record.write(besides: output)
        }
    }

    /// What the runs cover together; nil where none has a record.
    private func record() throws -> RunRecord? {
        let records = try runs.map { (name: $0, record: try RunRecord.read(besides: $0)) }
        guard let first = records.lazy.compactMap(\.record).first else { return nil }
        var errors = InputErrors()
        for (name, record) in records {
            let problem: String
            if record == nil {
                problem = "has no \(RunRecord.path(of: name)) beside it, as other runs have"
            } else if record?.isComparable == false, first.coverage.count > 1 {
                problem = "was scored by the statistics of its shard alone, and scores of shards do not compare then"
            } else if record?.queries != first.queries || record?.k != first.k {
                problem = "answers other queries, or with another -k, than \(records.first?.name ?? "the first")"
            } else {
                continue
            }
            let error = InputError(
                source: name, problem: problem,
                remedy: "search that shard again, like the others (decoy search --global-stats)")
            if !errors.add(error) { throw errors }
        }
        try errors.throwIfAny()
        var union = first
        union.coverage = try ShardCoverage.union(
            records.compactMap { name, record in record.map { (name, $0.coverage) } }, partial: partial)
        return union
    }
}

extension RunMerge.Format: ExpressibleByArgument {}
