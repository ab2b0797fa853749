/// Remembers the numbers of the terms of short tokens: an open-addressing table that starts anew when it is full.
///
/// What is looked up often is found early, so it lies together: a table of four bytes a slot leads to entries in the order in which they
/// were made, with the token in them. Before both stands a small table of entries that were found last, one place for each hash. A look-up
/// then mostly touches the first levels of the processor's cache.
final class TokenNumbers {
    /// What became of a token.
    struct Entry {
        /// The token in two words, padded with zeros.
        var low: UInt64
        var high: UInt64
        /// The term's number; `removed` where there is none.
        var number: UInt32
        /// In bytes.
        var length: UInt8
        /// Whether the token counts as a position.
        var countsPosition: Bool
    }

    /// Stands for a token without a term.
    static var removed: UInt32 { .max }
    /// Stands for a token of several terms.
    static var several: UInt32 { .max - 1 }
    /// The longest token, in bytes.
    static var maximumLength: Int { 16 }
    fileprivate static var recentBits: UInt64 { 11 }

    /// All state, behind one pointer: stored properties of a class would be checked for exclusive access at every use.
    fileprivate struct Table {
        /// The tokens that are remembered.
        var limit: Int
        /// The bits of a slot that say a place.
        var placeMask: UInt32
        /// One more than an entry's place in the low bits, high bits of its hash above; 0 for a free slot.
        var slots: UnsafeMutablePointer<UInt32>
        var entries: UnsafeMutablePointer<Entry>
        /// Entries that were found last, each at the place of its hash; of length 0 where there is none.
        var recent: UnsafeMutablePointer<Entry>
        var count = 0
        /// The token of the last look-up, and the slot where it would stand.
        var key = Entry(low: 0, high: 0, number: 0, length: 0, countsPosition: false)
        var slot = 0
        var tag: UInt32 = 0
    }

    /// The table for inner loops, which need not count references to it; valid as long as this object.
    struct View {
        fileprivate let table: UnsafeMutablePointer<Table>
    }

    /// The table for inner loops.
    let view: View
    private var table: UnsafeMutablePointer<Table> { view.table }

    /// A table that remembers 2^`limitBits` tokens, some 32 bytes each.
    init(limitBits: UInt32 = 16) {
        let limit = 1 << Int(limitBits)
        view = View(table: .allocate(capacity: 1))
        table.initialize(
            to: Table(
                limit: limit, placeMask: 1 << (limitBits + 1) - 1, slots: .allocate(capacity: 2 * limit),
                entries: .allocate(capacity: limit),
                recent: .allocate(capacity: 1 << Self.recentBits)))
        let none = Entry(low: 0, high: 0, number: 0, length: 0, countsPosition: false)
        table.pointee.recent.initialize(repeating: none, count: 1 << Self.recentBits)
        table.pointee.slots.initialize(repeating: 0, count: 2 * limit)
    }

    deinit {
        table.pointee.slots.deallocate()
        table.pointee.entries.deallocate()
        table.pointee.recent.deallocate()
        table.deallocate()
    }
}

extension TokenNumbers.View {
    typealias Entry = TokenNumbers.Entry

    /// What is remembered for `text[start..<end]`, which must have 1 to 16 bytes; ASCII letters are lowercased where asked for.
    @inline(__always)
    func find(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, lowercasing: Bool) -> Entry? {
        let length = end &- start
        precondition(start >= 0 && length > 0 && length <= TokenNumbers.maximumLength && end <= text.count)
        let raw = UnsafeRawBufferPointer(text)
        var low = ByteWords.load(raw, at: start, before: end)
        var high: UInt64 = length > 8 ? ByteWords.load(raw, at: start &+ 8, before: end) : 0
        if lowercasing {
            low = ByteWords.lowercased(low)
            if length > 8 { high = ByteWords.lowercased(high) }
        }
        var hash = ByteWords.mix(ByteWords.seed(length), low)
        if length > 8 { hash = ByteWords.mix(hash, high) }
        let recent = table.pointee.recent + Int(truncatingIfNeeded: hash &>> (64 &- TokenNumbers.recentBits))
        if recent.pointee.low == low, recent.pointee.high == high, Int(recent.pointee.length) == length {
            return recent.pointee
        }
        let placeMask = table.pointee.placeMask
        let tag = UInt32(truncatingIfNeeded: hash &>> 32) & ~placeMask
        let mask = Int(placeMask)
        var slot = Int(truncatingIfNeeded: hash) & mask
        let (slots, entries) = (table.pointee.slots, table.pointee.entries)
        while true {
            let content = slots[slot]
            if content == 0 { break }
            if content & ~placeMask == tag {
                let entry = entries[Int(content & placeMask) &- 1]
                if entry.low == low, entry.high == high, Int(entry.length) == length {
                    recent.pointee = entry
                    return entry
                }
            }
            slot = (slot &+ 1) & mask
        }
        table.pointee.key.low = low
        table.pointee.key.high = high
        table.pointee.key.length = UInt8(truncatingIfNeeded: length)
        table.pointee.slot = slot
        table.pointee.tag = tag
        return nil
    }

    /// Replaces the content of `bytes` by the token of the last look-up, which found nothing.
    func copyLastKey(to bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        let key = table.pointee.key
        for i in 0..<Int(key.length) {
            let word = i < 8 ? key.low : key.high
            bytes.append(UInt8(truncatingIfNeeded: word >> UInt64((i % 8) * 8)))
        }
    }

    /// Remembers what became of the token of the last look-up, which found nothing.
    func insert(_ number: UInt32, countsPosition: Bool) -> Entry {
        var entry = table.pointee.key
        entry.number = number
        entry.countsPosition = countsPosition
        if table.pointee.count == table.pointee.limit {
            table.pointee.slots.update(repeating: 0, count: 2 * table.pointee.limit)
            table.pointee.count = 0
        }
        // After starting anew any slot is free.
        (table.pointee.entries + table.pointee.count).initialize(to: entry)
        table.pointee.count += 1
        table.pointee.slots[table.pointee.slot] = table.pointee.tag | UInt32(table.pointee.count)
        return entry
    }
}
