import ArgumentParser
import Decoy
import DurableStorage
import Foundation

/// `decoy inspect`: says what is in an index, a model or a vector folder.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Say what is in an index, a model or a vector folder.",
        discussion: """
            EXAMPLES
              decoy inspect scifact.index
              decoy inspect scifact.model --json
            """)

    @Argument(help: "A lexical index, a model or a vector folder.")
    var folder: String

    @Flag(help: "Print as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        switch try FolderKind(of: folder) {
        case .lexicalIndex:
            let reader = try IndexReader(path: folder)
            let summary = reader.summary
            if json { return Console.output(try JSONOutput.text(summary)) }
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
            for field in summary.fields ?? [] {
                let name = field.name.padding(toLength: max(10, field.name.count), withPad: " ", startingAt: 0)
                Console.output(
                    "field \(name) weight \(field.weight), \(field.termCount) terms, \(field.postingCount) postings, "
                        + "\(field.totalLength) occurrences in \(field.documentsWithTerms) documents")
            }
            for segment in summary.segments where summary.segmentCount > 1 || summary.deletedCount > 0 {
                let deleted = segment.deletedCount > 0 ? ", \(segment.deletedCount) deleted" : ""
                let name = segment.name.padding(toLength: 16, withPad: " ", startingAt: 0)
                Console.output(
                    "\(name) \(segment.documentCount) documents\(deleted), \(ByteSize(bytes: segment.bytes))")
            }
        case .model:
            let record = try Checkpoint.read(folder).record
            if json { return Console.output(try JSONOutput.text(record)) }
            Console.output(
                """
                model            \(folder)
                encoder          static, \(record.options.dimension) dimensions, \(record.towers.rawValue) towers
                trained on       \(record.data.isEmpty ? "unknown" : record.data): \(record.pairs) pairs, \(record.steps) steps, seed \(record.options.seed)
                loss by epoch    \(record.epochLosses.map { "\(($0 * 1000).rounded() / 1000)" }.joined(separator: " "))
                """)
            for note in record.notes { Console.output("                 \(note)") }
        case .vectors:
            let record = try FlatVectorIndex(path: folder).record
            if json { return Console.output(try JSONOutput.text(record)) }
            Console.output(
                """
                vectors          \(folder)
                documents        \(record.rows)
                dimensions       \(record.dimension)
                """)
        }
    }
}
