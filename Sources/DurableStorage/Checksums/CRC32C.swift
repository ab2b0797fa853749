/// CRC-32C (Castagnoli): polynomial 0x1EDC6F41, reflected, initial value and final exclusive-or 0xFFFFFFFF (RFC 3720, appendix B.4).
///
/// Eight bytes a step by eight tables ("slicing-by-8": Kounavis and Berry, "A Systematic Approach to Building High Performance
/// Software-Based CRC Generators", ISCC 2005).
public struct CRC32C: Sendable {
    private var state: UInt32 = 0xFFFF_FFFF

    /// The checksum of nothing.
    public init() {}

    /// Goes on behind bytes with a checksum.
    public init(continuing checksum: UInt32) { state = ~checksum }

    /// The checksum of the bytes so far.
    public var value: UInt32 { ~state }

    /// The checksum of some bytes.
    public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var checksum = CRC32C()
        checksum.update(bytes)
        return checksum.value
    }

    /// The checksum of some bytes.
    public static func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes(checksum) }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        var crc = state
        var offset = 0
        Self.tables.withUnsafeBufferPointer { table in
            while offset &+ 8 <= bytes.count {
                let word =
                    UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(crc)
                let low = UInt32(truncatingIfNeeded: word)
                let high = UInt32(truncatingIfNeeded: word >> 32)
                let first = table[1792 &+ Int(low & 0xFF)] ^ table[1536 &+ Int((low >> 8) & 0xFF)]
                let second = table[1280 &+ Int((low >> 16) & 0xFF)] ^ table[1024 &+ Int(low >> 24)]
                let third = table[768 &+ Int(high & 0xFF)] ^ table[512 &+ Int((high >> 8) & 0xFF)]
                let fourth = table[256 &+ Int((high >> 16) & 0xFF)] ^ table[Int(high >> 24)]
                crc = (first ^ second) ^ (third ^ fourth)
                offset &+= 8
            }
            while offset < bytes.count {
                crc = table[Int((crc ^ UInt32(bytes[offset])) & 0xFF)] ^ (crc >> 8)
                offset &+= 1
            }
        }
        state = crc
    }

    /// Table `t` at `256 * t`: the effect of a byte that is followed by `t` zero bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
            tables[byte] = crc
        }
        for index in 256..<tables.count {
            let previous = tables[index - 256]
            tables[index] = tables[Int(previous & 0xFF)] ^ (previous >> 8)
        }
        return tables
    }()
}
