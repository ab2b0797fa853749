/// Everything between white space (Unicode's White_Space property), for text that was tokenized before.
enum WhitespaceWords {
    /// Calls `body` with start, end and status 0 of each stretch without white space.
    @inline(__always)
    static func forEach(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int, _ status: Int32) -> Void
    ) {
        var first = 0
        var i = 0
        while i < bytes.count {
            let length = whitespaceLength(bytes, at: i)
            if length == 0 {
                i += 1
                continue
            }
            if first < i { body(first, i, 0) }
            i += length
            first = i
        }
        if first < bytes.count { body(first, bytes.count, 0) }
    }

    /// The number of bytes of the white space character at `i`; 0 where there is none.
    @inline(__always)
    static func whitespaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
        let byte = bytes[i]
        if byte < 0x80 { return byte == 0x20 || (byte >= 9 && byte <= 13) ? 1 : 0 }
        if byte == 0xC2, i + 1 < bytes.count { return bytes[i + 1] == 0x85 || bytes[i + 1] == 0xA0 ? 2 : 0 }
        guard byte >= 0xE1, byte <= 0xE3, i + 2 < bytes.count else { return 0 }
        switch (byte, bytes[i + 1], bytes[i + 2]) {
        case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF),
            (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
            return 3
        default: return 0
        }
    }
}
