/// The working state of an analyzer on one thread: ICU's iterator, the stemmer, buffers and a cache of terms.
///
/// Make one per thread with ``Analyzer/makeSession(cached:)`` and use it for many texts; it is not `Sendable`. Terms do not depend on what
/// the session has seen before. A body given to one of its functions must not call the same session again.
public final class AnalyzerSession {
    let options: AnalyzerOptions
    let filter: TermFilter
    let textFilters: TextFilters
    /// Whether tokens that differ in the case of ASCII letters are the same to all filters.
    private let foldsCaseFirst: Bool
    private let cache: ByteKeyedCache<UInt8>
    /// There are many more distinct pairs of characters than words.
    private lazy var numbers = TokenNumbers(limitBits: options.segmentation == .words ? 16 : 18)
    /// The numbers of the terms of tokens that `numbers` has no place for: of the long ones, and of those with several terms.
    private lazy var longNumbers = ByteKeyedCache<UInt32>(limit: cache.limit)
    private let icu = ICUWords()
    private var buffer: [UInt8] = []
    private let classes: UnsafeMutablePointer<UInt8>

    init(_ options: AnalyzerOptions, cached: Int = 65_536) throws {
        self.options = options
        cache = ByteKeyedCache(limit: cached)
        filter = try TermFilter(options.filters)
        textFilters = TextFilters(options.characterFilters)
        foldsCaseFirst = options.filters.first == .fold(.nfkcCasefold)
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
        let filtered = textFilters.isEmpty ? [] : textFilters.apply(to: utf8)
        guard let last = filtered.last else { return visitTokens(in: utf8, body) }
        last.bytes.withUnsafeBufferPointer { text in
            visitTokens(in: text) { term, position, start, end, status in
                let range = filtered.original(of: start..<end)
                body(term, position, range.lowerBound, range.upperBound, status)
            }
        }
    }

    private func visitTokens(
        in utf8: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>, Int, Int, Int, TokenStatus) -> Void
    ) {
        let longest = min(options.maximumTokenLength, ByteKeyedCache<UInt8>.maximumKeyLength)
        var position = -1
        forEachSpan(in: utf8) { start, end, status, advance in
            if end &- start <= longest {
                let entry = cache.find(utf8, start, end, lowercasing: foldsCaseFirst) ?? addEntry()
                if entry.flag { position &+= advance }
                if entry.valueCount > 0 {
                    forEachTerm(of: entry) { body($0, position, start, end, TokenStatus(ruleStatus: status)) }
                }
            } else {
                visitLong(utf8, start, end, advance, &position) { term, position, first, last in
                    body(term, position, first, last, TokenStatus(ruleStatus: status))
                }
            }
        }
    }

    /// Calls `body` with the number of each term of a text and its position, in order: the fastest way to count terms.
    ///
    /// `numbering` gives a term its number, below 2^32 − 2, and must give the same one for the same term as long as the session lives;
    /// it is asked when a term is met for the first time, and now and then again.
    public func forEachTermNumber(
        in utf8: UnsafeBufferPointer<UInt8>, numbering: (_ term: UnsafeBufferPointer<UInt8>) -> UInt32,
        _ body: (_ number: UInt32, _ position: Int) -> Void
    ) {
        let filtered = textFilters.isEmpty ? [] : textFilters.apply(to: utf8)
        guard let last = filtered.last else { return visitNumbers(in: utf8, numbering, body) }
        last.bytes.withUnsafeBufferPointer { visitNumbers(in: $0, numbering, body) }
    }

    private func visitNumbers(
        in utf8: UnsafeBufferPointer<UInt8>, _ numbering: (UnsafeBufferPointer<UInt8>) -> UInt32,
        _ body: (_ number: UInt32, _ position: Int) -> Void
    ) {
        let shortest = min(options.maximumTokenLength, TokenNumbers.maximumLength)
        let longest = min(options.maximumTokenLength, ByteKeyedCache<UInt8>.maximumKeyLength)
        let foldsCaseFirst = foldsCaseFirst
        let (numbers, longNumbers) = (numbers.view, longNumbers.view)
        var position = -1
        forEachSpan(in: utf8) { start, end, status, advance in
            if end &- start <= shortest {
                let entry =
                    numbers.find(utf8, start, end, lowercasing: foldsCaseFirst) ?? addNumber(numbering)
                if entry.countsPosition { position &+= advance }
                if entry.number < TokenNumbers.several { return body(entry.number, position) }
                if entry.number == TokenNumbers.removed { return }
            }
            if end &- start <= longest {
                let entry =
                    longNumbers.find(utf8, start, end, lowercasing: foldsCaseFirst)
                    ?? addNumbers(numbering)
                if entry.flag, end &- start > shortest { position &+= advance }
                for number in longNumbers.value(entry) { body(number, position) }
            } else {
                visitLong(utf8, start, end, advance, &position) { term, position, _, _ in
                    body(numbering(term), position)
                }
            }
        }
    }

    /// What became of a token that is not known yet.
    @inline(never)
    private func addNumber(_ numbering: (UnsafeBufferPointer<UInt8>) -> UInt32) -> TokenNumbers.Entry {
        let numbers = numbers.view
        var term: [UInt8] = []
        swap(&term, &buffer)
        defer { swap(&term, &buffer) }
        numbers.copyLastKey(to: &term)
        let outcome = filter.apply(&term)
        let number: UInt32 =
            switch outcome {
            case .term: term.withUnsafeBufferPointer(numbering)
            case .several: TokenNumbers.several
            case .empty, .removed: TokenNumbers.removed
            }
        return numbers.insert(number, countsPosition: outcome != .empty)
    }

    /// The same with all its terms.
    @inline(never)
    private func addNumbers(
        _ numbering: (UnsafeBufferPointer<UInt8>) -> UInt32
    ) -> ByteKeyedCache<UInt32>.Entry {
        let numbers = longNumbers
        var term: [UInt8] = []
        swap(&term, &buffer)
        defer { swap(&term, &buffer) }
        numbers.copyLastKey(to: &term)
        switch filter.apply(&term) {
        case .empty: return numbers.insert([], flag: false)
        case .removed: return numbers.insert([], flag: true)
        case .term: return numbers.insert([term.withUnsafeBufferPointer(numbering)], flag: true)
        case .several:
            return numbers.insert(filter.terms.map { $0.withUnsafeBufferPointer(numbering) }, flag: true)
        }
    }

    /// Calls `body` with each token before the filters: where it begins and ends, its word status, and how many positions it stands
    /// after the one before.
    @inline(__always)
    func forEachSpan(
        in utf8: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int, _ status: Int32, _ advance: Int) -> Void
    ) {
        switch options.tokenizer {
        case .words: options.segmentation.forEachSpan(in: utf8, classes: classes, icu: icu, body)
        case .whitespace: WhitespaceWords.forEach(in: utf8) { body($0, $1, $2, 1) }
        }
    }

    /// A token that is not cached, cut into pieces where it is longer than the options allow.
    @inline(never)
    private func visitLong(
        _ utf8: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ advance: Int, _ position: inout Int,
        _ body: (_ term: UnsafeBufferPointer<UInt8>, _ position: Int, _ first: Int, _ last: Int) -> Void
    ) {
        var advance = advance
        TokenPieces.forEach(of: utf8, start, end, limit: options.maximumTokenLength) { first, last in
            var term = Array(utf8[first..<last])
            let outcome = filter.apply(&term)
            if outcome != .empty {
                position += advance
                advance = 1
            }
            for term in filter.terms { term.withUnsafeBufferPointer { body($0, position, first, last) } }
        }
    }

    /// What became of a token whose key is the last that was looked up in the cache.
    @inline(never)
    private func addEntry() -> ByteKeyedCache<UInt8>.Entry {
        var term: [UInt8] = []
        swap(&term, &buffer)
        defer { swap(&term, &buffer) }
        cache.copyLastKey(to: &term)
        switch filter.apply(&term) {
        case .empty: return cache.insert([], flag: false)
        case .removed: return cache.insert([], flag: true)
        case .term: return cache.insert(term, flag: true)
        case .several: return cache.insert(TermList.encode(filter.terms), flag: true, isList: true)
        }
    }

    /// Calls `body` with the term of an entry, or with each of several.
    @inline(__always)
    private func forEachTerm(
        of entry: ByteKeyedCache<UInt8>.Entry, _ body: (_ term: UnsafeBufferPointer<UInt8>) -> Void
    ) {
        if !entry.isList { return body(cache.value(entry)) }
        // A copy: what `body` calls may not touch this session, but the bytes must stay as they are meanwhile.
        for term in TermList.decode(cache.value(entry)) { term.withUnsafeBufferPointer(body) }
    }
}
