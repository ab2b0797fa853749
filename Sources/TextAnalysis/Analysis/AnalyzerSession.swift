/// The working state of an analyzer on one thread: ICU's iterator, the stemmer, buffers and a cache of terms.
///
/// Make one per thread with ``Analyzer/makeSession()`` and use it for many texts; it is not `Sendable`. Terms do not depend on what
/// the session has seen before. A body given to one of its functions must not call the same session again.
public final class AnalyzerSession {
    private let options: AnalyzerOptions
    private let filter: TermFilter
    private let cache: ByteKeyedCache<UInt8>
    private lazy var numbers = TokenNumbers()
    private let icu = ICUWords()
    private var buffer: [UInt8] = []
    private let classes: UnsafeMutablePointer<UInt8>

    init(_ options: AnalyzerOptions, stopWords: Set<[UInt8]>, cached: Int = 65_536) throws {
        self.options = options
        cache = ByteKeyedCache(limit: cached)
        filter = try TermFilter(options, stopWords: stopWords)
        classes = .allocate(capacity: 256)
        for (i, value) in ByteClass.table.enumerated() { (classes + i).initialize(to: value) }
    }

    deinit {
        classes.deallocate()
    }

    /// Calls `body` with each term of a text and its position, in order, without making a string.
    ///
    /// The text should be UTF-8; ill-formed bytes are treated as U+FFFD. The term's bytes are valid only during the call; they are
    /// 1 to 255 bytes of well-formed UTF-8. Positions begin at 0 and count removed stop words.
    /// Repeated words cost a table lookup: a text of English costs about ten nanoseconds a byte or less.
    public func forEachTerm(
        in utf8: UnsafeBufferPointer<UInt8>, _ body: (_ term: UnsafeBufferPointer<UInt8>, _ position: Int) -> Void
    ) {
        forEachToken(in: utf8) { term, position, _, _, _ in body(term, position) }
    }

    /// The same for a string.
    public func forEachTerm(
        in text: String, _ body: (_ term: UnsafeBufferPointer<UInt8>, _ position: Int) -> Void
    ) {
        var text = text
        text.withUTF8 { forEachTerm(in: $0, body) }
    }

    /// Calls `body` with each term, its position, and start, end and kind of the bytes it was made of.
    public func forEachToken(
        in utf8: UnsafeBufferPointer<UInt8>,
        _ body: (
            _ term: UnsafeBufferPointer<UInt8>, _ position: Int, _ start: Int, _ end: Int, _ status: TokenStatus
        ) -> Void
    ) {
        let longest = min(options.maximumTokenLength, ByteKeyedCache<UInt8>.maximumKeyLength)
        let lowercasing = options.normalization == .nfkcCasefold
        var position = 0
        forEachSpan(in: utf8) { start, end, status in
            if end &- start <= longest {
                let entry = cache.find(utf8, start, end, lowercasing: lowercasing) ?? addEntry()
                if entry.valueCount > 0 {
                    body(cache.value(entry), position, start, end, TokenStatus(ruleStatus: status))
                }
                if entry.flag { position &+= 1 }
            } else {
                position += visitLong(utf8, start, end, TokenStatus(ruleStatus: status), position, body)
            }
        }
    }

    /// Calls `body` with the number of each term of a text and its position, in order: the fastest way to count terms.
    ///
    /// `numbering` gives a term its number, below 2^32 − 1, and must give the same one for the same term as long as the session lives;
    /// it is asked when a term is met for the first time, and now and then again.
    public func forEachTermNumber(
        in utf8: UnsafeBufferPointer<UInt8>, numbering: (_ term: UnsafeBufferPointer<UInt8>) -> UInt32,
        _ body: (_ number: UInt32, _ position: Int) -> Void
    ) {
        let shortest = min(options.maximumTokenLength, TokenNumbers.maximumLength)
        let longest = min(options.maximumTokenLength, ByteKeyedCache<UInt8>.maximumKeyLength)
        let lowercasing = options.normalization == .nfkcCasefold
        let numbers = numbers
        var position = 0
        forEachSpan(in: utf8) { start, end, status in
            if end &- start <= shortest {
                let entry =
                    numbers.find(utf8, start, end, lowercasing: lowercasing) ?? addNumber(to: numbers, numbering)
                if entry.number != TokenNumbers.removed { body(entry.number, position) }
                if entry.countsPosition { position &+= 1 }
            } else if end &- start <= longest {
                let entry = cache.find(utf8, start, end, lowercasing: lowercasing) ?? addEntry()
                if entry.valueCount > 0 { body(numbering(cache.value(entry)), position) }
                if entry.flag { position &+= 1 }
            } else {
                position += visitLong(utf8, start, end, TokenStatus(ruleStatus: status), position) {
                    term, position, _, _, _ in body(numbering(term), position)
                }
            }
        }
    }

    /// What became of a token that is not known yet.
    @inline(never)
    private func addNumber(
        to numbers: TokenNumbers, _ numbering: (UnsafeBufferPointer<UInt8>) -> UInt32
    ) -> TokenNumbers.Entry {
        var term: [UInt8] = []
        swap(&term, &buffer)
        defer { swap(&term, &buffer) }
        numbers.copyLastKey(to: &term)
        let outcome = filter.apply(&term)
        let number = outcome == .term ? term.withUnsafeBufferPointer(numbering) : TokenNumbers.removed
        return numbers.insert(number, countsPosition: outcome != .empty)
    }

    @inline(__always)
    private func forEachSpan(
        in utf8: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int, _ status: Int32) -> Void
    ) {
        switch options.tokenization {
        case .words:
            Segmentation.words.forEachSpan(in: utf8, classes: classes, icu: icu) { start, end, status, _ in
                body(start, end, status)
            }
        case .whitespace: WhitespaceWords.forEach(in: utf8, body)
        }
    }

    /// A token that is not cached, cut into pieces where it is longer than the options allow; returns its number of positions.
    @inline(never)
    private func visitLong(
        _ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ status: TokenStatus, _ position: Int,
        _ body: (UnsafeBufferPointer<UInt8>, Int, Int, Int, TokenStatus) -> Void
    ) -> Int {
        var positions = 0
        var first = start
        while first < end {
            let last = pieceEnd(utf8, first, end)
            var term = Array(utf8[first..<last])
            let outcome = filter.apply(&term)
            if outcome == .term { term.withUnsafeBufferPointer { body($0, position + positions, first, last, status) } }
            if outcome != .empty { positions += 1 }
            first = last
        }
        return positions
    }

    /// Where the piece that begins at `first` ends: on a character boundary, and beyond the limit only to keep one character whole.
    private func pieceEnd(_ utf8: UnsafeBufferPointer<UInt8>, _ first: Int, _ end: Int) -> Int {
        guard end - first > options.maximumTokenLength else { return end }
        var cut = first + options.maximumTokenLength
        while cut > first, utf8[cut] & 0xC0 == 0x80 { cut -= 1 }
        if cut > first { return cut }
        cut = first + 1
        while cut < end, cut < first + 4, utf8[cut] & 0xC0 == 0x80 { cut += 1 }
        return cut
    }

    /// What became of a token whose key is the last that was looked up in the cache.
    @inline(never)
    private func addEntry() -> ByteKeyedCache<UInt8>.Entry {
        var term: [UInt8] = []
        swap(&term, &buffer)
        defer { swap(&term, &buffer) }
        cache.copyLastKey(to: &term)
        let outcome = filter.apply(&term)
        return cache.insert(outcome == .term ? term : [], flag: outcome != .empty)
    }
}
