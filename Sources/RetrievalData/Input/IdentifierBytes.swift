/// Hashes and compares ids as bytes, as `String` does: canonically equivalent ids are the same.
enum IdentifierBytes {
    /// Drawn anew by each process, so that nobody can make ids that collide; it reaches no output.
    private static let seed = UInt64.random(in: .min ... .max)

    /// A hash that equal ids share.
    ///
    /// What is not ASCII, nor equivalent to it, is hashed by `String`.
    static func hash(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var joined: UInt8 = 0
        for byte in id { joined |= byte }
        return joined < 0x80 ? hashASCII(id) : hashText(id)
    }

    /// The hash of an id that is known to be ASCII.
    @inline(__always)
    static func hashASCII(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 { mix(UnsafeRawBufferPointer(id)) }

    private static func hashText(_ id: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let text = String(decoding: id, as: UTF8.self)
        let composed = text.unicodeScalars.map { equivalentToASCII[$0] ?? $0 }
        guard composed.allSatisfy(\.isASCII) else { return UInt64(truncatingIfNeeded: text.hashValue) }
        return composed.map { UInt8(truncatingIfNeeded: $0.value) }.withUnsafeBufferPointer(hashASCII)
    }

    /// The characters that are canonically equivalent to one of ASCII: the kelvin sign, the Greek question mark and varia.
    static let equivalentToASCII: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{212A}": "K", "\u{37E}": ";", "\u{1FEF}": "`",
    ]

    /// Whether two ids are the same.
    @inline(__always)
    static func areSame(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        if one.count == other.count, compare(one, other) == 0 { return true }
        return areEquivalent(one, other)
    }

    /// Whether two ids of different bytes are canonically equivalent.
    private static func areEquivalent(
        _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        if one.allSatisfy({ $0 < 0x80 }), other.allSatisfy({ $0 < 0x80 }) { return false }
        return String(decoding: one, as: UTF8.self) == String(decoding: other, as: UTF8.self)
    }

    /// Below, at or above 0 as one id stands before, at or behind the other in byte order.
    static func compare(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
        var place = 0
        let common = min(one.count, other.count)
        while place < common, one[place] == other[place] { place += 1 }
        return place < common ? Int(one[place]) - Int(other[place]) : one.count - other.count
    }

    /// Folded multiplication of eight bytes at a time, as in wyhash.
    @inline(__always)
    private static func mix(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = seed ^ UInt64(truncatingIfNeeded: bytes.count)
        var place = 0
        while place + 8 <= bytes.count {
            hash = folded(hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var last: UInt64 = 0
        while place < bytes.count {
            last = last << 8 | UInt64(bytes[place])
            place += 1
        }
        return folded(folded(hash ^ last))
    }

    @inline(__always)
    private static func folded(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return high ^ low
    }
}
