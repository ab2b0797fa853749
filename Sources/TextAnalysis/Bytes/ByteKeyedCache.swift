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

    /// The number of keys that are remembered.
    let limit: Int
    private var slots: UnsafeMutableBufferPointer<Entry>
    private var keys: UnsafeMutableBufferPointer<UInt8>
    private var values: UnsafeMutableBufferPointer<Element>
    private var keysUsed = 0
    private var valuesUsed = 0
    private(set) var count = 0

    init(limit: Int = 65_536) {
        self.limit = limit
        slots = .allocate(capacity: 1024)
        slots.initialize(repeating: Entry())
        keys = .allocate(capacity: 1 << 13)
        values = .allocate(capacity: 1 << 13)
    }

    deinit {
        slots.deallocate()
        keys.deallocate()
        values.deallocate()
    }

    /// The value of an entry of this cache; valid until the next `insert`.
    @inline(__always) func value(_ entry: Entry) -> UnsafeBufferPointer<Element> {
        let start = Int(entry.valueOffset)
        return UnsafeBufferPointer(rebasing: values[start..<(start + Int(entry.valueCount))])
    }

    /// What is remembered for the key.
    @inline(__always) func find(_ key: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Entry? {
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
        ByteHash.equal(UnsafeBufferPointer(rebasing: keys[Int(entry.keyOffset)..<keysUsed]), key)
    }

    /// Remembers a value, which must have at most 65,535 elements; the key must be new and have 1 to 64 bytes.
    @discardableResult
    func insert(_ key: UnsafeBufferPointer<UInt8>, hash: UInt32, value: [Element], flag: Bool = false) -> Entry {
        precondition(!key.isEmpty && key.count <= ByteHash.maximumKeyLength)
        if count >= limit { clear() }
        if (count + 1) * 2 > slots.count { grow() }
        var entry = Entry(hash: hash, keyOffset: UInt32(keysUsed), valueOffset: UInt32(valuesUsed), flag: flag)
        entry.keyLength = UInt8(key.count)
        entry.valueCount = UInt16(value.count)
        Self.append(key, to: &keys, used: &keysUsed)
        value.withUnsafeBufferPointer { Self.append($0, to: &values, used: &valuesUsed) }
        place(entry)
        count += 1
        return entry
    }

    private func place(_ entry: Entry) {
        var slot = Int(entry.hash) & (slots.count - 1)
        while slots[slot].keyLength != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    private func clear() {
        slots.update(repeating: Entry())
        keysUsed = 0
        valuesUsed = 0
        count = 0
    }

    private func grow() {
        let old = slots
        slots = .allocate(capacity: old.count * 2)
        slots.initialize(repeating: Entry())
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
