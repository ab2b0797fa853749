/// Writes gzip and zstd files whose data is stored, not compressed: enough to test readers, without any library.
public enum StoredArchives {
    /// A gzip member (RFC 1952) of stored blocks (RFC 1951, section 3.2.4).
    public static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
        var place = 0
        repeat {
            let count = min(bytes.count - place, 65_535)
            result.append(place + count == bytes.count ? 1 : 0)
            result += little(UInt32(count), 2) + little(UInt32(count) ^ 0xFFFF, 2)
            result += bytes[place..<(place + count)]
            place += count
        } while place < bytes.count
        return result + little(crc32(bytes), 4) + little(UInt32(truncatingIfNeeded: bytes.count), 4)
    }

    /// A zstd frame (RFC 8878) of raw blocks.
    public static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0xa0] + little(UInt32(truncatingIfNeeded: bytes.count), 4)
        var place = 0
        repeat {
            let count = min(bytes.count - place, 100_000)
            let last: UInt32 = place + count == bytes.count ? 1 : 0
            result += little(last | UInt32(count) << 3, 3)
            result += bytes[place..<(place + count)]
            place += count
        } while place < bytes.count
        return result
    }

    private static func little(_ number: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        let table: [UInt32] = (0..<256).map { start in
            (0..<8).reduce(UInt32(start)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
        }
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes { crc = table[Int((crc ^ UInt32(byte)) & 255)] ^ (crc >> 8) }
        return crc ^ 0xFFFF_FFFF
    }
}
