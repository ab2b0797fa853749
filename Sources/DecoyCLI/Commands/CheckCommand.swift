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
            let report = try IndexCheck.check(folder)
            result = Result(
                kind: "index", files: report.fileCount, bytes: report.byteCount, documents: report.documentCount)
        case .model:
            let report = try ModelFolder.check(folder)
            result = Result(kind: "model", files: report.fileCount, bytes: report.byteCount)
        case .vectors:
            let report = try FlatVectorIndex.check(folder)
            result = Result(
                kind: "vectors", files: report.fileCount, bytes: report.byteCount, documents: report.rowCount)
        }
        if json {
            Console.output(try JSONOutput.text(result))
        } else {
            let documents = result.documents.map { ", \($0) documents" } ?? ""
            Console.output(
                "\(folder): \(result.kind) is sound (\(result.files) files, \(ByteSize(bytes: result.bytes))\(documents))")
        }
    }
}
