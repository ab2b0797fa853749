/// Remembers what became of byte strings: an open-addressing table that starts anew when it is full.
///
/// A lookup first copies the key into words of eight bytes padded with zeros, so that hashing and comparing go by words. All memory is
/// owned here; keys, values and slots are reached through offsets that this type made.
final class ByteKeyedCache<Element: BitwiseCopyable> {
    /// Where a key's value is.
    struct Entry {
        var hash: UInt32 = 0
        /// In words of eight bytes.
        var keyOffset: UInt32 = 0
        var valueOffset: UInt32 = 0
        var valueCount: UInt16 = 0
        /// In bytes; 0 for a free slot, because a key is never empty.
        var keyLength: UInt8 = 0
        /// Two bits of the user's own.
        var flag = false
        var isList = false
    }

    /// The longest key, in bytes.
    static var maximumKeyLength: Int { 64 }

    /// All state, behind one pointer: stored properties of a class would be checked for exclusive access at every use.
    fileprivate struct Table {
        var slots: UnsafeMutableBufferPointer<Entry>
        var keys: UnsafeMutableBufferPointer<UInt64>
        var values: UnsafeMutableBufferPointer<Element>
        var keysUsed = 0
        var valuesUsed = 0
        var count = 0
        /// The key of the last lookup: its words, its length in bytes and its hash.
        var key: UnsafeMutableBufferPointer<UInt64>
        var keyLength = 0
        var hash: UInt32 = 0
    }

    /// The number of keys that are remembered.
    let limit: Int
    /// The table for inner loops, which need not count references to it; valid as long as this object.
    struct View {
        fileprivate let table: UnsafeMutablePointer<Table>
    }

    /// The table for inner loops.
    let view: View
    private var table: UnsafeMutablePointer<Table> { view.table }

    init(limit: Int = 65_536) {
        self.limit = limit
        view = View(table: .allocate(capacity: 1))
        table.initialize(
            to: Table(
                slots: .allocate(capacity: 1024), keys: .allocate(capacity: 1 << 11),
                values: .allocate(capacity: 1 << 13), key: .allocate(capacity: Self.maximumKeyLength / 8)))
        table.pointee.slots.initialize(repeating: Entry())
        table.pointee.key.initialize(repeating: 0)
    }

    deinit {
        table.pointee.slots.deallocate()
        table.pointee.keys.deallocate()
        table.pointee.values.deallocate()
        table.pointee.key.deallocate()
        table.deallocate()
    }

    /// The number of keys that are remembered now.
    var count: Int { table.pointee.count }

    /// The value of an entry of this cache; valid until the next `insert`.
    @inline(__always) func value(_ entry: Entry) -> UnsafeBufferPointer<Element> { view.value(entry) }

    /// What is remembered for a part of a text: see ``View/find(_:_:_:lowercasing:)``.
    @inline(__always)
    func find(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, lowercasing: Bool) -> Entry? {
        view.find(text, start, end, lowercasing: lowercasing)
    }

    /// Replaces the content of `bytes` by the key of the last lookup.
    func copyLastKey(to bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        for i in 0..<table.pointee.keyLength {
            bytes.append(UInt8(truncatingIfNeeded: table.pointee.key[i / 8] >> UInt64((i % 8) * 8)))
        }
    }

    /// Remembers a value, of at most 65,535 elements, for the key of the last lookup, which must have found nothing.
    @discardableResult
    func insert(_ value: [Element], flag: Bool = false, isList: Bool = false) -> Entry {
        if count >= limit { clear() }
        if (count + 1) * 2 > table.pointee.slots.count { grow() }
        var entry = Entry(hash: table.pointee.hash, flag: flag, isList: isList)
        entry.keyOffset = UInt32(table.pointee.keysUsed)
        entry.valueOffset = UInt32(table.pointee.valuesUsed)
        entry.keyLength = UInt8(table.pointee.keyLength)
        entry.valueCount = UInt16(value.count)
        let words = UnsafeBufferPointer(rebasing: table.pointee.key[..<((table.pointee.keyLength + 7) / 8)])
        Self.append(words, to: &table.pointee.keys, used: &table.pointee.keysUsed)
        value.withUnsafeBufferPointer { Self.append($0, to: &table.pointee.values, used: &table.pointee.valuesUsed) }
        place(entry)
        table.pointee.count += 1
        return entry
    }

    private func place(_ entry: Entry) {
        let slots = table.pointee.slots
        var slot = Int(entry.hash) & (slots.count - 1)
        while slots[slot].keyLength != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    private func clear() {
        table.pointee.slots.update(repeating: Entry())
        table.pointee.keysUsed = 0
        table.pointee.valuesUsed = 0
        table.pointee.count = 0
    }

    private func grow() {
        let old = table.pointee.slots
        table.pointee.slots = .allocate(capacity: old.count * 2)
        table.pointee.slots.initialize(repeating: Entry())
        for entry in old where entry.keyLength != 0 { place(entry) }
        old.deallocate()
    }

    private static func append<T: BitwiseCopyable>(
        _ items: UnsafeBufferPointer<T>, to arena: inout UnsafeMutableBufferPointer<T>, used: inout Int
    ) {
        if used + items.count > arena.count {
            let larger = UnsafeMutableBufferPointer<T>.allocate(capacity: max(arena.count * 2, used + items.count))
            _ = larger.initialize(from: arena[..<used])
            arena.deallocate()
            arena = larger
        }
        _ = UnsafeMutableBufferPointer(rebasing: arena[used..<(used + items.count)]).initialize(from: items)
        used += items.count
    }
}

extension ByteKeyedCache.View {
    /// The value of an entry of this cache; valid until the next `insert`.
    @inline(__always) func value(_ entry: ByteKeyedCache.Entry) -> UnsafeBufferPointer<Element> {
        let start = Int(entry.valueOffset)
        return UnsafeBufferPointer(rebasing: table.pointee.values[start..<(start &+ Int(entry.valueCount))])
    }

    /// What is remembered for `text[start..<end]`, which must have 1 to 64 bytes; ASCII letters are lowercased where asked for.
    @inline(__always)
    func find(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, lowercasing: Bool) -> ByteKeyedCache.Entry?
    {
        let length = end &- start
        precondition(start >= 0 && length > 0 && length <= ByteKeyedCache.maximumKeyLength && end <= text.count)
        let raw = UnsafeRawBufferPointer(text)
        let key = table.pointee.key
        var hash = ByteWords.seed(length)
        var i = 0
        while i &* 8 < length {
            var word = ByteWords.load(raw, at: start &+ i &* 8, before: end)
            if lowercasing { word = ByteWords.lowercased(word) }
            key[i] = word
            hash = ByteWords.mix(hash, word)
            i &+= 1
        }
        table.pointee.keyLength = length
        table.pointee.hash = UInt32(truncatingIfNeeded: hash)
        return lookUp()
    }

    @inline(__always) private func lookUp() -> ByteKeyedCache.Entry? {
        let (slots, keys, key) = (table.pointee.slots, table.pointee.keys, table.pointee.key)
        let (hash, length) = (table.pointee.hash, table.pointee.keyLength)
        let mask = slots.count &- 1
        var slot = Int(hash) & mask
        while true {
            let entry = slots[slot]
            if entry.keyLength == 0 { return nil }
            if entry.hash == hash, Int(entry.keyLength) == length {
                var i = 0
                while i &* 8 < length, keys[Int(entry.keyOffset) &+ i] == key[i] { i &+= 1 }
                if i &* 8 >= length { return entry }
            }
            slot = (slot &+ 1) & mask
        }
    }
}
