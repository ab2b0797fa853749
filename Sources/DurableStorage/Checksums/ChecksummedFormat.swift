/// The container of every index file: a header, the body in pages, a checksum for each page, and a footer that seals them.
///
/// `Documentation/formats/index.md` specifies it byte by byte. Pages make it possible to open a file of any size at once and still never
/// to use a byte that was not verified: each page is verified when it is first touched.
enum ChecksummedFormat {
    /// The first eight bytes of every file; the byte above 127 and the line end reveal a transfer as text.
    static let magic: [UInt8] = [0x8D, 0x44, 0x45, 0x43, 0x4F, 0x59, 0x0D, 0x0A]
    /// Magic (8), kind (4), version (2), log2 of the page size (1), zero (1).
    static let headerSize = 16
    /// Body length (8), end mark (4), CRC-32C of the page table and the 12 bytes before (4).
    static let footerSize = 16
    static let endMark: UInt32 = 0x444E_4521
    static let pageBits = 14
    static let pageSize = 1 << pageBits
}

/// Four ASCII characters that say what a checksummed file holds.
public struct FileKind: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The characters as they stand in the file.
    public let code: UInt32
    /// The four characters.
    public let description: String

    /// A kind from its four ASCII characters.
    public init(stringLiteral name: StaticString) {
        var code: UInt32 = 0
        name.withUTF8Buffer { bytes in
            precondition(bytes.count == 4, "a file kind has four characters")
            for (index, byte) in bytes.enumerated() { code |= UInt32(byte) << UInt32(8 * index) }
        }
        self.code = code
        description = "\(name)"
    }
}

/// The size and the checksum by which a manifest knows a file.
public struct FileSeal: Sendable, Hashable, Codable {
    /// The number of bytes of the whole file.
    public var size: Int
    /// The CRC-32C of the file's page table and footer, which covers every byte of the file.
    public var checksum: UInt32

    /// A seal from its parts.
    public init(size: Int, checksum: UInt32) {
        self.size = size
        self.checksum = checksum
    }
}
