import CKernels

/// Words of ASCII text, exactly as ICU would cut them (with our decision on `@` and `:`), many times faster.
///
/// A word is a maximal run of letters, digits and `_`, continued over one joiner that stands between two letters (`'` `.`) or two
/// digits (`'` `.` `,` `;`). Runs of `_` alone are no words. The tests compare with ICU on all short strings.
enum ASCIIWords {
    /// Spans that are found at a time.
    private static let batch = 256

    /// Calls `body` with start, end and word status of each word in `bytes[start..<end]`, which must be ASCII and lie between cuts.
    @inline(__always)
    static func forEach(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, classes: UnsafePointer<UInt8>,
        _ body: (_ start: Int, _ end: Int, _ status: Int32) -> Void
    ) {
        precondition(start >= 0 && start <= end && end <= bytes.count)
        guard let p = bytes.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: ck_span.self, capacity: batch) { spans in
            guard let found = spans.baseAddress else { return }
            var first = start
            while first < end {
                // Spans are numbers of 32 bits; a longer text is cut where a word cannot go on.
                let count = end &- first <= 1 << 31 ? end &- first : cut(bytes, from: first, before: first &+ 1 << 31)
                var next = 0
                let number = ck_ascii_words(p + first, count, found, batch, &next)
                for index in 0..<number {
                    let (begin, end) = (first &+ Int(found[index].start), first &+ Int(found[index].end))
                    body(begin, end, status(p, end, classes))
                }
                first &+= next
            }
        }
    }

    /// The number of bytes from `start` to a byte that cuts, before a limit; to the limit where there is none.
    @inline(never)
    private static func cut(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, before limit: Int) -> Int {
        var end = limit
        while end > start, !ByteClass.cuts(bytes[end - 1]) { end -= 1 }
        return end > start ? end - start : limit - start
    }

    /// 200 for a word whose last letter or digit is a letter or that ends in `__`, else 100.
    @inline(__always)
    private static func status(_ p: UnsafePointer<UInt8>, _ end: Int, _ classes: UnsafePointer<UInt8>) -> Int32 {
        var last = end &- 1
        if p[last] == UInt8(ascii: "_") {
            if last > 0, p[last &- 1] == UInt8(ascii: "_") { return 200 }
            last &-= 1
        }
        return classes[Int(p[last])] & 3 == ByteClass.digit ? 100 : 200
    }
}
