/// Hashing and comparing short byte strings, eight bytes at a time.
///
/// The hash serves tables in memory only; no output depends on it.
enum ByteHash {
    /// The longest byte string that caches take as a key.
    static let maximumKeyLength = 64

    /// The eight bytes from `i` on, little-endian, with zeros beyond the end.
    @inline(__always) static func word(_ bytes: UnsafeRawBufferPointer, at i: Int) -> UInt64 {
        if i + 8 <= bytes.count { return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)) }
        var word: UInt64 = 0
        for k in i..<bytes.count { word |= UInt64(bytes[k]) &<< UInt64((k &- i) &* 8) }
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
    @inline(__always) static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = seed(raw.count)
        var i = 0
        while i < raw.count {
            hash = mix(hash, word(raw, at: i))
            i += 8
        }
        return UInt32(truncatingIfNeeded: hash)
    }

    /// Whether `bytes` begins with `key`.
    @inline(__always) static func equal(_ bytes: UnsafeBufferPointer<UInt8>, _ key: UnsafeBufferPointer<UInt8>) -> Bool
    {
        guard bytes.count >= key.count else { return false }
        for i in 0..<key.count where bytes[i] != key[i] { return false }
        return true
    }
}
