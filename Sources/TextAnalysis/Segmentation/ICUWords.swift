import CICU

/// Words of any UTF-8 text by ICU's root word rules and dictionaries, with `@` and `:` always separating and runs of `_` no words.
///
/// ICU sees UTF-16 with spaces for `@` and `:`; a space takes part in no rule that joins letters. One iterator for
/// one thread, opened when the first text needs it.
final class ICUWords {
    /// The longest stretch that is given to ICU at once, in bytes; longer ones are cut on a character boundary.
    static let longestStretch = 1 << 24

    private var segmenter: OpaquePointer?
    /// What ICU knows of characters.
    let characters = CharacterClasses()
    /// For pieces of a text that this one is going through.
    private(set) lazy var others = ICUWords()
    private var spans = [cicu_span](repeating: cicu_span(), count: 128)

    init() {}

    deinit { cicu_segmenter_close(segmenter) }

    /// Whether ICU's word rules can be loaded.
    static func isAvailable() -> Bool {
        let probe = cicu_segmenter_open()
        defer { cicu_segmenter_close(probe) }
        return probe != nil
    }

    /// Calls `body` with start, end and word status of each word in `bytes[start..<end]`.
    @inline(__always)
    func forEach(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int,
        _ body: (_ start: Int, _ end: Int, _ status: Int32) -> Void
    ) {
        var first = start
        while first < end {
            var last = min(end, first + Self.longestStretch)
            if last < end {
                let limit = last
                while last > limit - 4, bytes[last] & 0xC0 == 0x80 { last -= 1 }
            }
            segment(UnsafeBufferPointer(rebasing: bytes[first..<last]), offset: first, body)
            first = last
        }
    }

    @inline(__always)
    private func segment(
        _ text: UnsafeBufferPointer<UInt8>, offset: Int, _ body: (_ start: Int, _ end: Int, _ status: Int32) -> Void
    ) {
        if segmenter == nil { segmenter = cicu_segmenter_open() }
        guard let segmenter, cicu_segmenter_set_text(segmenter, text.baseAddress, Int32(text.count)) == 0 else {
            return
        }
        spans.withUnsafeMutableBufferPointer { spans in
            while true {
                let count = cicu_segmenter_next(segmenter, spans.baseAddress, Int32(spans.count))
                if count <= 0 { return }
                for span in spans[..<Int(count)] {
                    let (start, end) = (Int(span.start), Int(span.end))
                    if text[start] == UInt8(ascii: "_"), text[start..<end].allSatisfy({ $0 == UInt8(ascii: "_") }) {
                        continue
                    }
                    body(offset + start, offset + end, span.status)
                }
            }
        }
    }
}
