import DurableStorage

/// A file's size and checksum, as `decoy.json` holds them.
public struct FileRecord: Sendable, Hashable, Codable {
    /// The number of bytes.
    public var bytes: Int
    /// The CRC-32C of the bytes, eight hexadecimal digits.
    public var crc32c: String

    /// Throws `StorageError.corrupt` where a file is not what the record says.
    func verify(_ file: MappedFile) throws {
        try verifySize(file)
        let found = file.withUnsafeBytes { Self.hexadecimal(CRC32C.checksum($0)) }
        guard found == crc32c else {
            throw StorageError.corrupt(file: file.name, reason: "its checksum is \(found), recorded is \(crc32c)")
        }
    }

    /// Throws `StorageError.corrupt` where a file does not have the recorded size.
    func verifySize(_ file: MappedFile) throws {
        guard file.count == bytes else {
            throw StorageError.corrupt(file: file.name, reason: "it has \(file.count) bytes, recorded are \(bytes)")
        }
    }

    /// Eight hexadecimal digits.
    static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}

/// A file being written whose record is kept on the way.
struct RecordedFile {
    private let output: any OutputFile
    private var checksum = CRC32C()
    private var count = 0

    init(_ name: String, in directory: any Directory) throws { output = try directory.create(name) }

    /// Appends bytes.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        checksum.update(bytes)
        count += bytes.count
        try output.write(bytes)
    }

    /// Appends bytes.
    mutating func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

    /// Makes the file durable, closes it and returns its record.
    func finish() throws -> FileRecord {
        try output.sync()
        try output.close()
        return FileRecord(bytes: count, crc32c: FileRecord.hexadecimal(checksum.value))
    }

    /// Writes a whole text file.
    static func write(_ text: String, to name: String, in directory: any Directory) throws -> FileRecord {
        var file = try RecordedFile(name, in: directory)
        try file.write(Array(text.utf8))
        return try file.finish()
    }
}
