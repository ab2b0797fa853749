/// Remembers what became of tokens: a byte-keyed open-addressing table that starts anew when it is full.
///
/// Key and term lie side by side in one arena. All pointers are owned here and every access is inside what `reserve` made.
final class TermCache {
    /// What a token became.
    struct Entry {
        var hash: UInt32 = 0
        var offset: UInt32 = 0
        /// 0 for a free slot; a key is never empty.
        var keyLength: UInt16 = 0
        var termLength: UInt16 = 0
        /// Whether the token counts as a position.
        var isCounted = false
    }

    /// The number of tokens that are remembered.
    static let limit = 65_536
    /// The longest key that is remembered, in bytes.
    static let maximumKeyLength = 64

    private var slots: UnsafeMutableBufferPointer<Entry>
    private var arena: UnsafeMutableBufferPointer<UInt8>
    private var used = 0
    private(set) var count = 0

    init() {
        slots = .allocate(capacity: 1024)
        slots.initialize(repeating: Entry())
        arena = .allocate(capacity: 1 << 14)
        arena.initialize(repeating: 0)
    }

    deinit {
        slots.deallocate()
        arena.deallocate()
    }

    /// The term of an entry of this cache; valid until the next `insert`.
    @inline(__always) func term(_ entry: Entry) -> UnsafeBufferPointer<UInt8> {
        let start = Int(entry.offset) + Int(entry.keyLength)
        return UnsafeBufferPointer(rebasing: arena[start..<(start + Int(entry.termLength))])
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
        let start = Int(entry.offset)
        for i in 0..<key.count where arena[start &+ i] != key[i] { return false }
        return true
    }

    /// Remembers an outcome. The key must not be in the cache and must be 1 to `maximumKeyLength` bytes long.
    @discardableResult
    func insert(_ key: UnsafeBufferPointer<UInt8>, hash: UInt32, term: [UInt8], isCounted: Bool) -> Entry {
        if count >= Self.limit { clear() }
        if (count + 1) * 2 > slots.count { grow() }
        reserve(key.count + term.count)
        var entry = Entry(hash: hash, offset: UInt32(used), isCounted: isCounted)
        entry.keyLength = UInt16(key.count)
        entry.termLength = UInt16(term.count)
        for byte in key {
            arena[used] = byte
            used += 1
        }
        for byte in term {
            arena[used] = byte
            used += 1
        }
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
        used = 0
        count = 0
    }

    private func grow() {
        let old = slots
        slots = .allocate(capacity: old.count * 2)
        slots.initialize(repeating: Entry())
        for entry in old where entry.keyLength != 0 { place(entry) }
        old.deallocate()
    }

    private func reserve(_ length: Int) {
        guard used + length > arena.count else { return }
        let old = arena
        arena = .allocate(capacity: max(old.count * 2, used + length))
        arena.initialize(repeating: 0)
        for i in 0..<used { arena[i] = old[i] }
        old.deallocate()
    }
}
