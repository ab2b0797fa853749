extension UTF8Bytes {
    /// The scalar value at a position, which moves behind it; U+FFFD for an ill-formed byte.
    @inline(__always)
    static func nextScalar(_ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UInt32 {
        let first = bytes[position]
        position &+= 1
        return first < 0x80 ? UInt32(first) : longScalar(first, bytes, &position)
    }

    private static func longScalar(
        _ first: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int
    ) -> UInt32 {
        let (tails, smallest): (Int, UInt32) =
            switch first {
            case 0xC2...0xDF: (1, 0x80)
            case 0xE0...0xEF: (2, 0x800)
            case 0xF0...0xF4: (3, 0x1_0000)
            default: (0, 0)
            }
        guard tails > 0, bytes.count &- position >= tails else { return 0xFFFD }
        var scalar = UInt32(first) & (0x3F >> UInt32(tails))
        for i in 0..<tails {
            let byte = bytes[position &+ i]
            guard byte & 0xC0 == 0x80 else { return 0xFFFD }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        guard scalar >= smallest, scalar <= 0x10_FFFF, scalar & 0x1F_F800 != 0xD800 else { return 0xFFFD }
        position &+= tails
        return scalar
    }
}
