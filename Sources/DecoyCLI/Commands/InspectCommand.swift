import ArgumentParser
import Decoy
import DurableStorage
import Essentials

/// `decoy inspect`: says what is in an index, a model or a vector folder.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what is in an index, a model or a vector folder.",
        discussion: """
            EXAMPLES
              decoy inspect scifact.index
              decoy inspect scifact.model --json
            """.flowing)

    @Argument(help: "A lexical index, a model or a vector folder.", completion: .directory)
    var folder: String

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    /// How many keys of metadata are listed for a person.
    private static let shownKeys = 40

    func run() throws {
        switch try FolderKind(of: folder) {
        case .lexicalIndex:
            let reader = try IndexReader(path: folder)
            let summary = reader.summary
            let keys = try reader.metadataKeys()
            if json { return Console.output(try JSONOutput.text(IndexInspection(summary: summary, metadata: keys))) }
            Console.output(
                """
                index            \(folder)
                documents        \(summary.documentCount)
                terms            \(summary.termCount)
                postings         \(summary.postingCount)
                mean length      \(summary.averageLength) terms
                segments         \(summary.segmentCount)
                deleted          \(summary.deletedCount)
                positions        \(summary.storesPositions ? "yes" : "no")
                size             \(ByteSize(bytes: summary.bytes.total))
                analyzer         \(reader.analyzerIdentity)
                """)
            if let record = summary.shard {
                Console.output("shard            \(record.shard), inputs \(record.inputs), options \(record.options)")
            }
            for part in AnalyzerText.parts(reader.analyzerIdentity.options) {
                let name = part.name.padded(to: 14)
                Console.output("  \(name) \(part.value)")
            }
            for field in summary.fields ?? [] {
                let name = field.name.padded(to: 10)
                Console.output(
                    "field \(name) weight \(field.weight), \(field.termCount) terms, \(field.postingCount) postings, "
                        + "\(field.totalLength) occurrences in \(field.documentsWithTerms) documents")
            }
            for segment in summary.segments where summary.segmentCount > 1 || summary.deletedCount > 0 {
                let deleted = segment.deletedCount > 0 ? ", \(segment.deletedCount) deleted" : ""
                let name = segment.name.padded(to: 16)
                Console.output(
                    "\(name) \(segment.documentCount) documents\(deleted), \(ByteSize(bytes: segment.bytes))")
            }
            for key in keys.prefix(Self.shownKeys) {
                let kinds = [("numbers", key.numbers), ("strings", key.strings), ("true or false", key.booleans)]
                    .filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
                Console.output("metadata         \(key.name): \(key.documents) documents, \(kinds)")
            }
            if keys.count > Self.shownKeys {
                Console.output("metadata         … and \(keys.count - Self.shownKeys) further keys (--json has all)")
            }
            if !reader.hasMetadataColumns {
                Console.output(
                    "metadata         not kept for filters in all segments; build the index again to use --filter")
            }
        case .model:
            let (model, record) = try Checkpoint.read(folder)
            if json { return Console.output(try JSONOutput.text(record)) }
            Console.output(
                """
                model            \(folder)
                encoder          \(Self.kind(model)), \(model.dimension) dimensions, \(record.towers.rawValue) towers
                """)
            if record.program.isEmpty {
                Console.output("trained          by another program, or not at all")
            } else {
                Console.output(
                    """
                    started from     \(record.start ?? "random rows")
                    trained on       \(record.data.isEmpty ? "unknown" : record.data): \(record.pairs) pairs, \(record.steps) steps, seed \(record.options.seed)
                    loss by epoch    \(record.epochLosses.map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: " "))
                    """)
            }
            for note in record.notes { Console.output("                 \(note)") }
        case .vectors:
            let inspection = try VectorInspection(path: folder, threads: common.threadCount)
            if json { return Console.output(try JSONOutput.text(inspection)) }
            for line in inspection.lines(folder) { Console.output(line) }
        }
    }

    /// What makes the vectors.
    private static func kind(_ model: DualEncoder) -> String {
        guard case .transformer(let encoder) = model.documentEncoder else { return "static" }
        return
            "transformer (\(encoder.config.family.rawValue), \(encoder.config.layers) layers, up to \(encoder.longestSequence) tokens)"
    }
}

/// What is in an index as JSON: its numbers, and the keys of its documents' metadata.
private struct IndexInspection: Encodable {
    private enum Key: String, CodingKey { case metadata }

    var summary: IndexSummary
    var metadata: [MetadataKey]

    func encode(to encoder: any Encoder) throws {
        try summary.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(metadata, forKey: .metadata)
    }
}
