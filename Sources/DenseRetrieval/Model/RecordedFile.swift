import DurableStorage

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
        try write(Array(text.utf8), to: name, in: directory)
    }

    /// Writes a whole file.
    static func write(_ bytes: [UInt8], to name: String, in directory: any Directory) throws -> FileRecord {
        var file = try RecordedFile(name, in: directory)
        try file.write(bytes)
        return try file.finish()
    }
}
