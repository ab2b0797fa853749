/// Byte-pair encoding over counted words: pair counts are kept up to date, and a heap finds the most frequent pair.
struct PieceMerger {
    private var pieces: ByteInterner
    private var pairs = PairCounts()
    /// The words as pieces, one after the other; a word shrinks in place.
    private var symbols: [UInt32] = []
    private var starts: [Int] = []
    private var lengths: [Int] = []
    private var counts: [Int] = []

    init(_ words: WordCounts, alphabet: Alphabet) {
        pieces = ByteInterner()
        for token in WordPieceVocabulary.specialTokens { _ = pieces.intern(token.utf8) }
        for scalar in alphabet.characters { _ = pieces.intern(Self.piece(scalar, continues: false)) }
        for scalar in alphabet.continuing { _ = pieces.intern(Self.piece(scalar, continues: true)) }
        var first: [UInt32: UInt32] = [:]
        var inside: [UInt32: UInt32] = [:]
        for scalar in alphabet.characters {
            first[scalar] = UInt32(pieces.intern(Self.piece(scalar, continues: false)))
        }
        for scalar in alphabet.continuing {
            inside[scalar] = UInt32(pieces.intern(Self.piece(scalar, continues: true)))
        }
        for (index, count) in words.counts.enumerated() {
            guard let scalars = alphabet.keptScalars(words.words.bytes(index)), scalars.count > 1 else { continue }
            let word = scalars.enumerated().compactMap { $0 == 0 ? first[$1] : inside[$1] }
            starts.append(symbols.count)
            lengths.append(word.count)
            counts.append(count)
            symbols += word
        }
    }

    private static func piece(_ scalar: UInt32, continues: Bool) -> [UInt8] {
        var bytes: [UInt8] = continues ? [UInt8(ascii: "#"), UInt8(ascii: "#")] : []
        UTF8Bytes.append(scalar, to: &bytes)
        return bytes
    }

    /// Merges until there are `size` pieces or no pair occurs often enough; returns all pieces in order.
    mutating func merge(until size: Int, minimumFrequency: Int) -> [String] {
        for word in starts.indices {
            for i in starts[word]..<(starts[word] + lengths[word] - 1) {
                pairs.add(PairCounts.Pair(symbols[i], symbols[i + 1]), count: counts[word], word: word)
            }
        }
        pairs.fillQueue(pieces)
        while pieces.count < size, let (pair, count) = pairs.popMostFrequent(pieces), count >= max(1, minimumFrequency)
        {
            let merged = UInt32(
                pieces.intern(pieces.bytes(Int(pair.left)) + pieces.bytes(Int(pair.right)).dropFirst(2)))
            for word in pairs.takeWords(of: pair) { replace(pair, by: merged, in: Int(word)) }
            pairs.finish(pair, pieces)
        }
        return (0..<pieces.count).map { String(decoding: pieces.bytes($0), as: UTF8.self) }
    }

    /// Replaces each occurrence of the pair in a word, from the left, and counts the pairs that go and come.
    private mutating func replace(_ pair: PairCounts.Pair, by merged: UInt32, in word: Int) {
        let start = starts[word]
        let end = start + lengths[word]
        let count = counts[word]
        var out = start
        var i = start
        while i < end {
            guard i + 1 < end, symbols[i] == pair.left, symbols[i + 1] == pair.right else {
                symbols[out] = symbols[i]
                out += 1
                i += 1
                continue
            }
            if out > start {
                let before = symbols[out - 1]
                pairs.remove(PairCounts.Pair(before, pair.left), count: count)
                pairs.add(PairCounts.Pair(before, merged), count: count, word: word)
            }
            if i + 2 < end {
                let after = symbols[i + 2]
                pairs.remove(PairCounts.Pair(pair.right, after), count: count)
                pairs.add(PairCounts.Pair(merged, after), count: count, word: word)
            }
            symbols[out] = merged
            out += 1
            i += 2
        }
        lengths[word] = out - start
    }
}
