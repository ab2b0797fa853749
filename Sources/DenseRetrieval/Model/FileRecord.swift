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
