/// Finds by hash the places of what its owner holds in arrays, in the order in which it was inserted.
///
/// Open addressing with linear probing, at most three quarters full. Memory: 16 bytes a place and the free slots.
struct HashIndex: Sendable {
    private(set) var hashes: [UInt64] = []
    /// Places plus one, 0 where free; only the first `mask + 1` slots are in use.
    private var slots = Self.free
    private var mask = 63

    /// What all begin with, so that an empty one costs nothing.
    private static let free = [Int](repeating: 0, count: 64)

    /// The number of places.
    var count: Int { hashes.count }

    /// What stands under a hash.
    enum Finding {
        /// The place that the owner says is the one.
        case place(Int)
        /// Nothing; here a new place goes.
        case free(slot: Int)
    }

    /// Looks for the place with a hash that the owner says is the one.
    @inline(__always)
    func find(_ hash: UInt64, where isSame: (Int) -> Bool) -> Finding {
        slots.withUnsafeBufferPointer { slots in
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 {
                let place = slots[slot] - 1
                if hashes[place] == hash, isSame(place) { return .place(place) }
                slot = (slot + 1) & mask
            }
            return .free(slot: slot)
        }
    }

    /// Gives a hash the next place, in the slot that was just found free.
    @inline(__always)
    mutating func append(_ hash: UInt64, slot: Int) {
        hashes.append(hash)
        slots[slot] = hashes.count
        if hashes.count * 4 > (mask + 1) * 3 { grow() }
    }

    /// Forgets everything and keeps the memory; clears no more slots than as many places as before would need.
    mutating func removeAll() {
        var size = 64
        while size * 3 < hashes.count * 4 { size *= 2 }
        slots.withUnsafeMutableBufferPointer { $0[..<size].update(repeating: 0) }
        mask = size - 1
        hashes.removeAll(keepingCapacity: true)
    }

    private mutating func grow() {
        let size = 2 * (mask + 1)
        if size > slots.count {
            slots = [Int](repeating: 0, count: size)
        } else {
            slots.withUnsafeMutableBufferPointer { $0[..<size].update(repeating: 0) }
        }
        mask = size - 1
        for (place, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = place + 1
        }
    }
}
