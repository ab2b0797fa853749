/// Byte-pair encoding (Sennrich, Haddow and Birch 2016): a word's characters are merged pair by pair, the earliest learnt pair first.
///
/// O(n log n) for a word of n characters. Equal to `BPE` of Hugging Face's tokenizers without dropout.
struct BytePairModel: Sendable {
    /// A pair that may be merged: the earlier learnt, the lesser its rank.
    struct Merge: Sendable {
        var rank: Int32
        var id: Int32
    }

    var pieces: PieceIndex
    var merges: [UInt64: Merge] = [:]
    var unknown: Int32?
    var fusesUnknown = false
    var bytes: [Int32?]?
    var ignoresMerges = false
    var prefix: [UInt8] = []
    var suffix: [UInt8] = []

    static func pair(_ a: Int32, _ b: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: a)) << 32 | UInt64(UInt32(bitPattern: b))
    }

    /// Appends the ids of a word, which is well-formed UTF-8.
    func append(_ word: UnsafeBufferPointer<UInt8>, to output: inout [Int32]) {
        if ignoresMerges, let id = pieces.id(word) {
            output.append(id)
            return
        }
        var symbols = characters(of: word)
        merge(&symbols)
        output += symbols
    }

    private func characters(of word: UnsafeBufferPointer<UInt8>) -> [Int32] {
        var symbols: [Int32] = []
        symbols.reserveCapacity(word.count)
        var waiting: Int32?
        var start = 0
        var key: [UInt8] = []
        while start < word.count {
            var end = start + 1
            while end < word.count, word[end] & 0xC0 == 0x80 { end += 1 }
            let character = UnsafeBufferPointer(rebasing: word[start..<end])
            let found: Int32?
            if prefix.isEmpty && suffix.isEmpty {
                found = pieces.id(character)
            } else {
                key.removeAll(keepingCapacity: true)
                if start > 0 { key += prefix }
                key += character
                if end == word.count { key += suffix }
                found = key.withUnsafeBufferPointer { pieces.id($0) }
            }
            if let id = found {
                if let unknown = waiting { symbols.append(unknown) }
                waiting = nil
                symbols.append(id)
            } else if let ids = byteIDs(character, start: start, isLast: end == word.count) {
                symbols += ids
            } else if let unknown {
                if waiting != nil, !fusesUnknown { symbols.append(unknown) }
                waiting = unknown
            }
            start = end
        }
        if let unknown = waiting { symbols.append(unknown) }
        return symbols
    }

    /// The ids of a character's bytes, those of prefix and suffix with them; nil where one has none.
    private func byteIDs(_ character: UnsafeBufferPointer<UInt8>, start: Int, isLast: Bool) -> [Int32]? {
        guard let bytes else { return nil }
        let all = (start > 0 ? prefix : []) + character + (isLast ? suffix : [])
        let ids = all.compactMap { bytes[Int($0)] }
        return ids.count == all.count ? ids : nil
    }

    private func merge(_ symbols: inout [Int32]) {
        let count = symbols.count
        guard count > 1 else { return }
        var heap = MergeHeap()
        for i in 0..<(count - 1) {
            if let merge = merges[Self.pair(symbols[i], symbols[i + 1])] { heap.push(merge, at: i) }
        }
        if heap.isEmpty { return }
        var next = (1...count).map { Int32($0) }
        var previous = (-1..<(count - 1)).map { Int32($0) }
        while let top = heap.pop() {
            let place = Int(top.place)
            // -1 marks a symbol that was merged into the one before it.
            guard symbols[place] >= 0 else { continue }
            let right = Int(next[place])
            guard right < count, let current = merges[Self.pair(symbols[place], symbols[right])], current.id == top.id
            else { continue }
            symbols[place] = top.id
            symbols[right] = -1
            let after = Int(next[right])
            next[place] = Int32(after)
            if after < count {
                previous[after] = top.place
                if let merge = merges[Self.pair(top.id, symbols[after])] { heap.push(merge, at: place) }
            }
            let before = Int(previous[place])
            if before >= 0, let merge = merges[Self.pair(symbols[before], top.id)] { heap.push(merge, at: before) }
        }
        symbols.removeAll { $0 < 0 }
    }
}

/// Merges that may be made, the first by rank and then by place on top.
private struct MergeHeap {
    struct Entry {
        /// Rank above place: one comparison orders both.
        var key: UInt64
        var id: Int32
        var place: Int32 { Int32(truncatingIfNeeded: key) }
    }

    private var entries: [Entry] = []

    var isEmpty: Bool { entries.isEmpty }

    mutating func push(_ merge: BytePairModel.Merge, at place: Int) {
        let entry = Entry(key: UInt64(merge.rank) << 32 | UInt64(place), id: merge.id)
        entries.append(entry)
        var i = entries.count - 1
        while i > 0, entry.key < entries[(i - 1) / 2].key {
            entries[i] = entries[(i - 1) / 2]
            i = (i - 1) / 2
        }
        entries[i] = entry
    }

    mutating func pop() -> Entry? {
        guard let top = entries.first, let last = entries.popLast() else { return nil }
        if entries.isEmpty { return top }
        var i = 0
        while 2 * i + 1 < entries.count {
            var child = 2 * i + 1
            if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
            if last.key <= entries[child].key { break }
            entries[i] = entries[child]
            i = child
        }
        entries[i] = last
        return top
    }
}
