import NumericKernels
import RetrievalData

/// How often tokens stand near one another in texts.
///
/// Two tokens at a distance of d count 1/d, up to a distance of ten (the weighting of Pennington, Socher, Manning: GloVe, EMNLP 2014,
/// section 4.2). Counts are whole multiples of 1/2520, so their sums are exact and the order of the texts does not matter.
struct CooccurrenceCounts: Sendable {
    /// The largest distance that counts.
    static let window = 10
    /// The least common multiple of 1 to `window`.
    static let unit: UInt64 = 2520
    /// Into so many parts the rows are cut, whatever the number of threads.
    private static let parts = 8

    /// For each token the tokens that stand near it, ascending, with their counts in units of 1/2520.
    private(set) var rows: [[(token: Int32, count: UInt64)]]

    /// Counts texts of tokens; ids outside of the vocabulary are left out, and so is a token beside itself.
    ///
    /// Complexity: O(window · tokens); memory grows with the number of different pairs, about 20 bytes each.
    init(_ texts: [[Int32]], vocabularySize: Int, threads: Int) {
        let tables = FixedParallel.map(Self.parts, threads: threads) { part in
            var table = PairTable()
            for text in texts {
                for (place, token) in text.enumerated()
                where Int(token) % Self.parts == part && token >= 0 && Int(token) < vocabularySize {
                    let first = max(0, place - Self.window)
                    let last = min(text.count - 1, place + Self.window)
                    for other in first...last where text[other] != token {
                        guard text[other] >= 0, Int(text[other]) < vocabularySize else { continue }
                        table.add(Self.unit / UInt64(abs(other - place)), first: token, second: text[other])
                    }
                }
            }
            return table.sorted()
        }
        rows = [[(token: Int32, count: UInt64)]](repeating: [], count: vocabularySize)
        for table in tables {
            for pair in table { rows[Int(pair.first)].append((pair.second, pair.count)) }
        }
    }
}

/// Sums of counts by pair of tokens: open addressing over a power of two of places.
private struct PairTable {
    private var keys = [UInt64](repeating: Self.empty, count: 1 << 12)
    private var counts = [UInt64](repeating: 0, count: 1 << 12)
    private var used = 0

    private static let empty = UInt64.max

    mutating func add(_ count: UInt64, first: Int32, second: Int32) {
        let key = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
        let place = Self.place(of: key, in: keys)
        if keys[place] == Self.empty {
            keys[place] = key
            used += 1
        }
        counts[place] &+= count
        if used * 2 > keys.count { grow() }
    }

    /// The pairs in ascending order.
    consuming func sorted() -> [(first: Int32, second: Int32, count: UInt64)] {
        var pairs: [(key: UInt64, count: UInt64)] = []
        pairs.reserveCapacity(used)
        for (key, count) in zip(keys, counts) where key != Self.empty { pairs.append((key, count)) }
        pairs.sort { $0.key < $1.key }
        return pairs.map { (Int32(truncatingIfNeeded: $0.key >> 32), Int32(truncatingIfNeeded: $0.key), $0.count) }
    }

    private static func place(of key: UInt64, in keys: [UInt64]) -> Int {
        let mask = keys.count - 1
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
        while keys[place] != key, keys[place] != empty { place = (place + 1) & mask }
        return place
    }

    private mutating func grow() {
        var wider = [UInt64](repeating: Self.empty, count: keys.count * 2)
        var moved = [UInt64](repeating: 0, count: keys.count * 2)
        for (key, count) in zip(keys, counts) where key != Self.empty {
            let place = Self.place(of: key, in: wider)
            wider[place] = key
            moved[place] = count
        }
        keys = wider
        counts = moved
    }
}
