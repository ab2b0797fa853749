/// Words of any text: ASCII by ``ASCIIWords``, stretches around other characters by ``ICUWords``.
///
/// A stretch for ICU begins and ends at a byte that cuts (see ``ByteClass/cuts(_:)``), so no rule can look across its ends.
enum HybridWords {
    /// Two stretches for ICU with fewer bytes of ASCII than this between them become one: setting a text has its price.
    static let mergedGap = 32

    /// Calls `body` with start, end and word status of each word.
    @inline(__always)
    static func forEach(
        in bytes: UnsafeBufferPointer<UInt8>, classes: UnsafePointer<UInt8>, icu: ICUWords,
        _ body: (_ start: Int, _ end: Int, _ status: Int32) -> Void
    ) {
        var start = 0
        while start < bytes.count {
            var other = ASCIIRun.end(in: bytes, from: start)
            var stretchStart = other
            if other < bytes.count {
                while stretchStart > start, !ByteClass.cuts(bytes[stretchStart - 1]) { stretchStart -= 1 }
            }
            ASCIIWords.forEach(in: bytes, from: start, to: stretchStart, classes: classes, body)
            if other == bytes.count { return }
            var stretchEnd = other
            while true {
                stretchEnd = other
                while stretchEnd < bytes.count, !ByteClass.cuts(bytes[stretchEnd]) { stretchEnd += 1 }
                let limit = min(bytes.count, stretchEnd + mergedGap)
                other = ASCIIRun.end(in: UnsafeBufferPointer(rebasing: bytes[..<limit]), from: stretchEnd)
                if other == limit { break }
            }
            icu.forEach(in: bytes, from: stretchStart, to: stretchEnd, body)
            start = stretchEnd
        }
    }
}

/// Runs of ASCII, found eight bytes at a time.
enum ASCIIRun {
    /// The index of the first byte from `start` on that is not ASCII; the count where there is none.
    @inline(__always)
    static func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var i = start
        while i + 8 <= raw.count {
            if raw.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
            i += 8
        }
        while i < raw.count, raw[i] < 0x80 { i += 1 }
        return i
    }
}
