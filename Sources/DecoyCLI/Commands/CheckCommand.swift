import ArgumentParser
import Decoy
import DurableStorage

/// `decoy check`: verifies every checksum and structure of an index, a model or a vector folder.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify every checksum and structure of an index, a model or a vector folder.",
        discussion: """
            Ends with 0 when all is well and with 3, naming the file, when something is damaged.

            EXAMPLES
              decoy check scifact.index
              decoy check out/models/after
            """)

    @Argument(help: "A lexical index, a model or a vector folder.")
    var folder: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    private struct Result: Encodable {
        var kind: String
        var files: Int
        var bytes: Int
        var documents: Int?
    }

    func run() throws {
        let result: Result
        switch try FolderKind(of: folder) {
        case .lexicalIndex:
            let report = try IndexCheck.check(path: folder)
            guard report.isSound else { throw IndexDamage(report: report) }
            result = Result(
                kind: "index", files: report.files.count, bytes: report.files.reduce(0) { $0 + $1.size },
                documents: try IndexReader(path: folder).storedDocumentCount)
        case .model:
            let files = try Checkpoint.read(folder).record.files.values
            result = Result(kind: "model", files: files.count, bytes: files.reduce(0) { $0 + $1.bytes })
        case .vectors:
            let index = try FlatVectorIndex(path: folder)
            try index.verify()
            let files = index.record.files.values
            result = Result(
                kind: "vectors", files: files.count, bytes: files.reduce(0) { $0 + $1.bytes }, documents: index.count)
        }
        if json {
            Console.output(try JSONOutput.text(result))
        } else {
            let documents = result.documents.map { ", \($0) documents" } ?? ""
            Console.output(
                "\(folder): \(result.kind) is sound (\(result.files) files, \(ByteSize(bytes: result.bytes))\(documents))"
            )
        }
    }
}

/// What a check found wrong with an index; ends with exit code 3.
struct IndexDamage: Error, CustomStringConvertible {
    var report: IndexCheckReport

    var description: String { report.problems.joined(separator: "\n") }
}
