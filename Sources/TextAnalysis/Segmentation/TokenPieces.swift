/// A token that is longer than the options allow, in pieces.
enum TokenPieces {
    /// Calls `body` with the pieces of a token, each of at most `limit` bytes; one piece where it is not too long.
    static func forEach(
        of utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, limit: Int,
        _ body: (_ first: Int, _ last: Int) -> Void
    ) {
        var first = start
        while first < end {
            let last = pieceEnd(utf8, first, end, limit)
            body(first, last)
            first = last
        }
    }

    /// Where the piece that begins at `first` ends: on a character boundary, and beyond the limit only to keep one character whole.
    private static func pieceEnd(_ utf8: UnsafeBufferPointer<UInt8>, _ first: Int, _ end: Int, _ limit: Int) -> Int {
        guard end - first > limit else { return end }
        var cut = first + limit
        while cut > first, utf8[cut] & 0xC0 == 0x80 { cut -= 1 }
        if cut > first { return cut }
        cut = first + 1
        while cut < end, cut < first + 4, utf8[cut] & 0xC0 == 0x80 { cut += 1 }
        return cut
    }
}
