/// Tokens that wait for their reader: so that what is done with a token stands in few places of the machine code, and is inlined there.
struct SpanBuffer: ~Copyable {
    private struct Span {
        var start: Int
        var end: Int
        var status: Int32
        var advance: Int32
    }

    private var spans = UnsafeMutableBufferPointer<Span>.allocate(capacity: 256)
    private(set) var count = 0

    deinit { spans.deallocate() }

    /// Whether it is time to read.
    @inline(__always) var isFull: Bool { count >= 192 }

    @inline(__always)
    mutating func append(_ start: Int, _ end: Int, _ status: Int32, _ advance: Int) {
        if count == spans.count { grow() }
        let span = Span(start: start, end: end, status: status, advance: Int32(truncatingIfNeeded: advance))
        spans.baseAddress?.advanced(by: count).initialize(to: span)
        count &+= 1
    }

    /// Calls `body` with all that wait, and forgets them.
    @inline(__always)
    mutating func drain(_ body: (_ start: Int, _ end: Int, _ status: Int32, _ advance: Int) -> Void) {
        for span in UnsafeBufferPointer(rebasing: spans[..<count]) {
            body(span.start, span.end, span.status, Int(span.advance))
        }
        count = 0
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<Span>.allocate(capacity: spans.count * 2)
        _ = larger.moveInitialize(fromContentsOf: spans)
        spans.deallocate()
        spans = larger
    }
}
