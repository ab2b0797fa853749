/// What a value of metadata is, in the order in which columns stand in their file.
enum MetadataKind: UInt8, Sendable, Hashable, CaseIterable {
    /// `true` or `false`: one byte, 1 or 0.
    case boolean = 0
    /// A number: eight bytes that sort as the numbers do.
    case number = 1
    /// A string of at most 255 bytes: its UTF-8.
    case string = 2
    /// A longer string, of which only that it is there is kept: no bytes.
    case longString = 3

    /// The longest string, and the longest key, that is kept as it is.
    static let maximumLength = 255

    /// Whether bytes are a value of this kind.
    func holds(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .boolean: bytes == [0] || bytes == [1]
        case .number: bytes.count == 8
        case .string: bytes.count <= Self.maximumLength && String(validating: bytes, as: UTF8.self) != nil
        case .longString: bytes.isEmpty
        }
    }

    /// The bytes of a number: big-endian IEEE 754 with the sign bit flipped, and all bits of negative numbers; −0 is 0.
    static func bytes(of number: Double) -> [UInt8] {
        let bits = (number == 0 ? 0 : number).bitPattern
        let ordered = bits >> 63 == 1 ? ~bits : bits | 1 << 63
        return withUnsafeBytes(of: ordered.bigEndian) { [UInt8]($0) }
    }

    /// The number of such bytes; nil where they are not eight.
    static func number(of bytes: UnsafeRawBufferPointer) -> Double? {
        guard bytes.count == 8 else { return nil }
        let ordered = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
        return Double(bitPattern: ordered >> 63 == 1 ? ordered & ~(1 << 63) : ~ordered)
    }
}
