/// Byte strings as words of eight bytes: loading, hashing, lowercasing.
///
/// The hash serves tables in memory only; no output depends on it.
enum ByteWords {
    /// The bytes from `i` to before `end`, at most eight, little-endian, the rest zeros.
    @inline(__always) static func load(_ bytes: UnsafeRawBufferPointer, at i: Int, before end: Int) -> UInt64 {
        let length = end &- i
        if i &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
            return length >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1)
        }
        var word: UInt64 = 0
        for k in i..<min(end, i &+ 8) { word |= UInt64(bytes[k]) &<< UInt64(truncatingIfNeeded: (k &- i) &* 8) }
        return word
    }

    @inline(__always) static func seed(_ count: Int) -> UInt64 {
        UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    }

    @inline(__always) static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
        return product ^ (product &>> 32)
    }

    /// The hash of a byte string.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = seed(raw.count)
        var i = 0
        while i < raw.count {
            hash = mix(hash, load(raw, at: i, before: raw.count))
            i += 8
        }
        return UInt32(truncatingIfNeeded: hash)
    }

    /// Eight bytes with `A` to `Z` lowercased and all others as they are.
    @inline(__always) static func lowercased(_ word: UInt64) -> UInt64 {
        let low = word & 0x7F7F_7F7F_7F7F_7F7F
        let atLeastA = low &+ 0x3F3F_3F3F_3F3F_3F3F
        let aboveZ = low &+ 0x2525_2525_2525_2525
        let isUpper = (atLeastA & ~aboveZ & ~word) & 0x8080_8080_8080_8080
        return word | (isUpper &>> 2)
    }
}
