import ArgumentParser
import Decoy
import DurableStorage

/// `decoy check`: verifies every checksum and structure of an index, a model or a vector folder.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify every checksum of an index, a model or a vector folder.",
        discussion: """
            Ends with 0 when all is well and with 3, naming the file, when something is damaged.

            EXAMPLES
              decoy check scifact.index
              decoy check out/models/after
            """.flowing)

    @Argument(help: "A lexical index, a model or a vector folder.", completion: .directory)
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
            let files = try Checkpoint.read(folder).record.files
            try verify(files)
            result = Result(kind: "model", files: files.count, bytes: files.values.reduce(0) { $0 + $1.bytes })
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
            if result.files == 0 {
                return Console.output("\(folder): model of another program can be read; it has no checksums")
            }
            let documents = result.documents.map { ", \($0) documents" } ?? ""
            Console.output(
                "\(folder): \(result.kind) is sound (\(result.files) files, \(ByteSize(bytes: result.bytes))\(documents))"
            )
        }
    }
}

extension CheckCommand {
    /// Looks at every file that a record names, also at those that only other programs read.
    private func verify(_ files: [String: FileRecord]) throws {
        for (name, record) in files.sorted(by: { $0.key < $1.key }) {
            let file = try MappedFile(path: folder + "/" + name)
            let sum = String(file.withUnsafeBytes { CRC32C.checksum($0) }, radix: 16)
            let padded = String(repeating: "0", count: 8 - sum.count) + sum
            guard file.count == record.bytes, padded == record.crc32c else {
                throw StorageError.corrupt(
                    file: folder + "/" + name,
                    reason:
                        "it has \(file.count) bytes with checksum \(padded), recorded are \(record.bytes) with \(record.crc32c)"
                )
            }
        }
    }
}

/// What a check found wrong with an index; ends with exit code 3.
struct IndexDamage: Error, CustomStringConvertible {
    var report: IndexCheckReport

    var description: String { report.problems.joined(separator: "\n") }
}
