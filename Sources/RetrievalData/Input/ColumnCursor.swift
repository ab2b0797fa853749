/// Cuts a line of printable ASCII into the columns that blanks separate.
///
/// Anything else in the line ends the cutting: `isPlain` is false then, and the line is one for a reader that checks its
/// text.
struct ColumnCursor {
    private var position: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    /// Whether all bytes so far were printable ASCII, spaces and tabs.
    private(set) var isPlain = true

    /// A cursor before the first column; nil for a line without bytes.
    init?(_ line: UnsafeBufferPointer<UInt8>) {
        guard let start = line.baseAddress else { return nil }
        position = start
        end = start + line.count
    }

    /// The bytes of the next column; none at the end of the line.
    @inline(__always)
    mutating func next() -> UnsafeBufferPointer<UInt8> {
        while position < end, ColumnReader.isBlank(position.pointee) { position += 1 }
        let start = position
        skipPrintable()
        if position < end, !ColumnReader.isBlank(position.pointee) { isPlain = false }
        return UnsafeBufferPointer(start: start, count: position - start)
    }

    /// Moves on to the next byte that is no printable ASCII, a space being none, or to the end.
    @inline(__always)
    private mutating func skipPrintable() {
        while end - position >= 8 {
            let word = UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
            // The top bit of each byte below 33 and of each above 126; what is carried on into the next bytes lies above.
            let low = (word &- 0x2121_2121_2121_2121) & ~word
            let high = (word &+ 0x0101_0101_0101_0101) | word
            let found = (low | high) & 0x8080_8080_8080_8080
            position += min(found.trailingZeroBitCount >> 3, 8)
            if found != 0 { return }
        }
        while position < end, position.pointee &- 33 < 94 { position += 1 }
    }
}
