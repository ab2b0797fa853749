import Decoy
import DurableStorage

/// What is needed to repeat a mining and to tell that a file is its result: the sidecar of `mine -o`.
struct MiningMetadata: Encodable {
    /// Numbers of what was asked and written.
    struct Counts: Encodable {
        var queries: Int
        var queriesWithoutPositives: Int
        var judgedQueriesMissing: Int
        var emptyQueries: Int
        var shortQueries: Int
        var negatives: Int
    }

    /// The file that the sidecar belongs to.
    struct Output: Encodable {
        var format: TrainingFormat
        var scores: Bool
        var bytes: Int
        var checksum: String
    }

    /// The version of the program.
    var version = DecoyVersion.current
    /// The command without what does not change the result.
    var command: String
    /// The retriever's name.
    var retriever: String
    /// The analyzer of the index; absent where there is none.
    var analyzer: String?
    /// The filters in the order in which they were asked.
    var filters: [String]
    /// All options of mining, the seed among them.
    var options: MiningOptions
    /// The estimates of unlabelled positives, one a source; absent where there are none.
    var falseNegativeEstimates: [FalseNegativeEstimate]?
    /// What was chosen by default and why.
    var notes: [String]?
    /// The checksums of the files that were read, by what they are.
    var inputs: [String: String]
    var counts: Counts
    var output: Output

    init(
        command: String, analyzer: String?, inputs: [String: String], report: MiningReport, judgedQueriesMissing: Int,
        output: Output
    ) {
        self.command = command
        self.analyzer = analyzer
        self.inputs = inputs
        self.output = output
        retriever = report.retriever
        filters = report.filters
        options = report.options
        let estimates =
            [report.falseNegativeEstimate].compactMap { $0 }
            + (report.sources ?? []).compactMap(\.falseNegativeEstimate)
        falseNegativeEstimates = estimates.isEmpty ? nil : estimates
        notes = report.notes
        counts = Counts(
            queries: report.queries, queriesWithoutPositives: report.queriesWithoutPositives,
            judgedQueriesMissing: judgedQueriesMissing, emptyQueries: report.emptyQueries,
            shortQueries: report.shortQueries, negatives: report.negatives)
    }

    /// The checksums of files; those that cannot be read a second time, such as pipes, are absent.
    static func checksums(_ files: [String: String]) -> [String: String] {
        files.compactMapValues { path in
            guard path != "-", FileType.isRegular(path), let file = try? MappedFile(path: path) else { return nil }
            return file.withUnsafeBytes { text(CRC32C.checksum($0)) }
        }
    }

    /// A checksum with its name.
    static func text(_ checksum: UInt32) -> String { "crc32c:" + String(checksum, radix: 16) }

    /// The command as it was given, configuration included.
    static func command(_ arguments: [String]) throws -> String { try words(arguments).joined(separator: " ") }

    /// The words of the command.
    static func words(_ arguments: [String]) throws -> [String] {
        let recorded = RecordedCommand(
            valued: [
                "-o", "--output", "--threads", "--explain", "--report", "--metadata", "--memory", "--save-every",
            ],
            flags: ["-q", "--quiet", "--no-metadata", "--resume"])
        return ["decoy"] + recorded.text(try ConfigurationArguments.expand(arguments))
    }
}
