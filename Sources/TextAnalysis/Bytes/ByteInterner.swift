/// Numbers byte strings from 0 in the order in which they are first seen.
struct ByteInterner {
    private var slots = [UInt32](repeating: 0, count: 1024)
    private var hashes: [UInt32] = []
    private var starts: [Int] = [0]
    private var arena: [UInt8] = []

    /// The number of distinct byte strings.
    var count: Int { hashes.count }

    /// The byte string of a number.
    func bytes(_ index: Int) -> ArraySlice<UInt8> { arena[starts[index]..<starts[index + 1]] }

    /// The number of a byte string; nil where it was never interned.
    func find(_ key: UnsafeBufferPointer<UInt8>) -> Int? { find(key, hash: ByteWords.hash(key)) }

    private func find(_ key: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int? {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == hash, matches(index, key) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func matches(_ index: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = starts[index]
        guard starts[index + 1] - start == key.count else { return false }
        for i in 0..<key.count where arena[start + i] != key[i] { return false }
        return true
    }

    /// The number of a byte string, new or known.
    mutating func intern(_ key: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = ByteWords.hash(key)
        if let index = find(key, hash: hash) { return index }
        if (count + 1) * 2 > slots.count { grow() }
        arena.append(contentsOf: key)
        starts.append(arena.count)
        hashes.append(hash)
        place(count - 1)
        return count - 1
    }

    /// The number of a byte string, new or known.
    mutating func intern(_ key: some Sequence<UInt8>) -> Int {
        Array(key).withUnsafeBufferPointer { intern($0) }
    }

    private mutating func place(_ index: Int) {
        var slot = Int(hashes[index]) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for index in hashes.indices { place(index) }
    }
}
