import DurableStorage

/// Gathers the positions of a document's terms token by token, and codes them term by term.
struct PositionRecorder {
    /// For each token the place of its term among the document's distinct terms, and its position.
    private var tokens: [(place: UInt32, position: UInt32)] = []
    private var ends: [Int] = []
    private var sorted: [UInt32] = []
    private var coded = ByteWriter()

    /// Adds a token after those that were added before.
    @inline(__always)
    mutating func add(place: UInt32, position: Int) { tokens.append((place, UInt32(truncatingIfNeeded: position))) }

    /// Codes the positions of a document whose distinct terms have these frequencies, in the order of their places.
    mutating func endDocument(_ frequencies: some Sequence<UInt32>) {
        ends.removeAll(keepingCapacity: true)
        var total = 0
        for frequency in frequencies {
            ends.append(total)
            total += Int(frequency)
        }
        if sorted.count < total { sorted = [UInt32](repeating: 0, count: 2 * total) }
        // A counting sort: what begins as the start of each term's positions ends as their end.
        for token in tokens {
            sorted[ends[Int(token.place)]] = token.position
            ends[Int(token.place)] += 1
        }
        tokens.removeAll(keepingCapacity: true)
        var start = 0
        for end in ends {
            PositionCoding.append(sorted[start..<end], into: &coded)
            start = end
        }
    }

    /// The coded positions of the documents since the last call.
    mutating func take() -> PositionBytes {
        defer { coded.removeAll() }
        return PositionBytes(coded.bytes)
    }
}
