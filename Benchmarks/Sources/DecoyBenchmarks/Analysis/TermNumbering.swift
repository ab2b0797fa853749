/// Numbers terms from 0, as an index does: an open-addressing table over one array of all terms.
struct TermNumbering {
    private var slots = [UInt32](repeating: 0, count: 1 << 20)
    private var starts: [Int] = [0]
    private var hashes: [UInt64] = []
    private var bytes: [UInt8] = []

    /// The number of a term, new or known.
    mutating func number(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        hash ^= hash >> 32
        if hashes.count * 2 > slots.count { grow() }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if hashes[number] == hash, bytes[starts[number]..<starts[number + 1]].elementsEqual(term) {
                return UInt32(number)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        bytes.append(contentsOf: term)
        starts.append(bytes.count)
        hashes.append(hash)
        slots[slot] = UInt32(hashes.count)
        return UInt32(hashes.count - 1)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (number, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }
}
