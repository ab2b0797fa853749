/// The working state of an analyzer on one thread: ICU's iterator, the stemmer, buffers and a cache of terms.
///
/// Make one per thread with ``Analyzer/makeSession()`` and use it for many texts; it is not `Sendable`. Terms do not depend on what
/// the session has seen before. A body given to one of its functions must not call the same session again.
public final class AnalyzerSession {
    private let options: AnalyzerOptions
    private let filter: TermFilter
    private let cache = ByteKeyedCache<UInt8>()
    private let icu = ICUWords()
    private let classes: UnsafeMutablePointer<UInt8>
    /// The token's bytes, lowercased where the options say so and zero-padded to whole words of eight bytes.
    private let key: UnsafeMutableRawBufferPointer
    private var buffer: [UInt8] = []

    init(_ options: AnalyzerOptions, stopWords: Set<[UInt8]>) throws {
        self.options = options
        filter = try TermFilter(options, stopWords: stopWords)
        classes = .allocate(capacity: 256)
        for (i, value) in ByteClass.table.enumerated() { (classes + i).initialize(to: value) }
        key = .allocate(byteCount: ByteHash.maximumKeyLength + 8, alignment: 8)
        key.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit {
        classes.deallocate()
        key.deallocate()
    }

    /// Calls `body` with each term of a text and its position, in order, without making a string.
    ///
    /// The text should be UTF-8; ill-formed bytes are treated as U+FFFD. The term's bytes are valid only during the call; they are
    /// 1 to 255 bytes of well-formed UTF-8. Positions begin at 0 and count removed stop words.
    /// About 150 MB/s on English text.
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
        let longest = min(options.maximumTokenLength, ByteHash.maximumKeyLength)
        var position = 0
        forEachSpan(in: utf8) { start, end, status in
            if end &- start <= longest {
                let entry = self.entry(for: UnsafeBufferPointer(rebasing: utf8[start..<end]))
                if entry.valueCount > 0 {
                    body(cache.value(entry), position, start, end, TokenStatus(ruleStatus: status))
                }
                if entry.flag { position &+= 1 }
            } else {
                position += visitLong(utf8, start, end, TokenStatus(ruleStatus: status), position, body)
            }
        }
    }

    @inline(__always)
    private func forEachSpan(
        in utf8: UnsafeBufferPointer<UInt8>, _ body: (_ start: Int, _ end: Int, _ status: Int32) -> Void
    ) {
        switch options.tokenization {
        case .words: HybridWords.forEach(in: utf8, classes: classes, icu: icu, body)
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

    /// What became of a token of at most ``ByteHash/maximumKeyLength`` bytes.
    @inline(__always)
    private func entry(for bytes: UnsafeBufferPointer<UInt8>) -> ByteKeyedCache<UInt8>.Entry {
        let hash = prepareKey(bytes)
        let keyBytes = UnsafeBufferPointer(rebasing: key.assumingMemoryBound(to: UInt8.self)[..<bytes.count])
        if let entry = cache.find(keyBytes, hash: hash) { return entry }
        return addEntry(for: keyBytes, hash: hash)
    }

    @inline(never)
    private func addEntry(for keyBytes: UnsafeBufferPointer<UInt8>, hash: UInt32) -> ByteKeyedCache<UInt8>.Entry {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: keyBytes)
        let outcome = filter.apply(&buffer)
        if outcome != .term { buffer.removeAll(keepingCapacity: true) }
        return cache.insert(keyBytes, hash: hash, value: buffer, flag: outcome != .empty)
    }

    /// Copies the token to `key`, lowercasing ASCII where the options normalize, and returns its hash.
    @inline(__always)
    private func prepareKey(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let raw = UnsafeRawBufferPointer(bytes)
        let lowers = options.normalization == .nfkcCasefold
        var hash = ByteHash.seed(raw.count)
        var i = 0
        while i < raw.count {
            var word = ByteHash.word(raw, at: i)
            if lowers { word = Self.lowercased(word) }
            key.storeBytes(of: word.littleEndian, toByteOffset: i, as: UInt64.self)
            hash = ByteHash.mix(hash, word)
            i += 8
        }
        return UInt32(truncatingIfNeeded: hash)
    }

    /// Eight bytes with `A`-`Z` lowercased and all others as they are.
    @inline(__always)
    private static func lowercased(_ word: UInt64) -> UInt64 {
        let low = word & 0x7F7F_7F7F_7F7F_7F7F
        let atLeastA = low &+ 0x3F3F_3F3F_3F3F_3F3F
        let aboveZ = low &+ 0x2525_2525_2525_2525
        let isUpper = (atLeastA & ~aboveZ & ~word) & 0x8080_8080_8080_8080
        return word | (isUpper &>> 2)
    }
}
