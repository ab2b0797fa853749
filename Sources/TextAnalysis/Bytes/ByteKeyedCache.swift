/// Remembers what became of byte strings: an open-addressing table that starts anew when it is full.
///
/// Keys and values lie in two arenas. All memory is owned here, and slices of the arenas are taken with bounds checks.
final class ByteKeyedCache<Element: BitwiseCopyable> {
    /// Where a key's value is.
    struct Entry {
        var hash: UInt32 = 0
        var keyOffset: UInt32 = 0
        var valueOffset: UInt32 = 0
        var valueCount: UInt16 = 0
        /// 0 for a free slot; a key is never empty.
        var keyLength: UInt8 = 0
        /// One bit of the user's own.
        var flag = false
    }

    /// All state, behind one pointer: stored properties of a class would be checked for exclusive access at every use.
    private struct Table {
        var slots: UnsafeMutableBufferPointer<Entry>
        var keys: UnsafeMutableBufferPointer<UInt8>
        var values: UnsafeMutableBufferPointer<Element>
        var keysUsed = 0
        var valuesUsed = 0
        var count = 0
    }

    /// The number of keys that are remembered.
    let limit: Int
    private let table: UnsafeMutablePointer<Table>

    init(limit: Int = 65_536) {
        self.limit = limit
        table = .allocate(capacity: 1)
        table.initialize(
            to: Table(
                slots: .allocate(capacity: 1024), keys: .allocate(capacity: 1 << 13),
                values: .allocate(capacity: 1 << 13)))
        table.pointee.slots.initialize(repeating: Entry())
    }

    deinit {
        table.pointee.slots.deallocate()
        table.pointee.keys.deallocate()
        table.pointee.values.deallocate()
        table.deallocate()
    }

    /// The number of keys that are remembered now.
    var count: Int { table.pointee.count }

    /// The value of an entry of this cache; valid until the next `insert`.
    @inline(__always) func value(_ entry: Entry) -> UnsafeBufferPointer<Element> {
        let start = Int(entry.valueOffset)
        return UnsafeBufferPointer(rebasing: table.pointee.values[start..<(start + Int(entry.valueCount))])
    }

    /// What is remembered for the key.
    @inline(__always) func find(_ key: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Entry? {
        let slots = table.pointee.slots
        let mask = slots.count &- 1
        var slot = Int(hash) & mask
        while true {
            let entry = slots[slot]
            if entry.keyLength == 0 { return nil }
            if entry.hash == hash, Int(entry.keyLength) == key.count, matches(entry, key) { return entry }
            slot = (slot &+ 1) & mask
        }
    }

    @inline(__always) private func matches(_ entry: Entry, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let keys = table.pointee.keys[Int(entry.keyOffset)..<table.pointee.keysUsed]
        return ByteHash.equal(UnsafeBufferPointer(rebasing: keys), key)
    }

    /// Remembers a value, which must have at most 65,535 elements; the key must be new and have 1 to 64 bytes.
    @discardableResult
    func insert(_ key: UnsafeBufferPointer<UInt8>, hash: UInt32, value: [Element], flag: Bool = false) -> Entry {
        precondition(!key.isEmpty && key.count <= ByteHash.maximumKeyLength)
        if count >= limit { clear() }
        if (count + 1) * 2 > table.pointee.slots.count { grow() }
        var entry = Entry(hash: hash, flag: flag)
        entry.keyOffset = UInt32(table.pointee.keysUsed)
        entry.valueOffset = UInt32(table.pointee.valuesUsed)
        entry.keyLength = UInt8(key.count)
        entry.valueCount = UInt16(value.count)
        Self.append(key, to: &table.pointee.keys, used: &table.pointee.keysUsed)
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
