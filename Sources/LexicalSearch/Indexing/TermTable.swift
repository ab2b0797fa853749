/// Numbers terms in the order of their first appearance: an open-addressing hash table keyed by bytes, without a string per token.
final class TermTable {
    /// The number of distinct terms.
    private(set) var count = 0
    /// A hash (high half) and a term's number plus one (low half); zero where empty.
    ///
    /// At most half full.
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask: Int
    private var bytes: [UInt8] = []
    private var ends: [Int] = [0]

    init() {
        mask = (1 << 14) - 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
    }

    deinit { slots.deallocate() }

    /// The bytes of memory in use.
    var memory: Int { 8 * (mask + 1) + bytes.count + 8 * ends.count }

    /// All terms one after the other, with the offsets at which they begin.
    var contents: (bytes: [UInt8], offsets: [Int]) { (bytes, ends) }

    /// The number of a term, a new one if it is new.
    func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
        let hash = Self.hash(UnsafeRawBufferPointer(term))
        var slot = Int(hash) & mask
        while true {
            let content = slots[slot]
            if content == 0 { return insert(term, hash: hash, slot: slot) }
            if UInt32(truncatingIfNeeded: content >> 32) == hash {
                let number = Int(content & 0xFFFF_FFFF) - 1
                if equals(number, term) { return number }
            }
            slot = (slot &+ 1) & mask
        }
    }

    private func equals(_ number: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = ends[number]
        guard ends[number + 1] - start == term.count else { return false }
        return bytes.withUnsafeBytes { all in
            ByteOrder.compare(
                UnsafeRawBufferPointer(rebasing: all[start..<(start + term.count)]), UnsafeRawBufferPointer(term)) == 0
        }
    }

    private func insert(_ term: UnsafeBufferPointer<UInt8>, hash: UInt32, slot: Int) -> Int {
        let number = count
        bytes.append(contentsOf: term)
        ends.append(bytes.count)
        count += 1
        slots[slot] = UInt64(hash) << 32 | UInt64(count)
        if 2 * count > mask { grow() }
        return number
    }

    private func grow() {
        let oldSlots = slots
        let oldMask = mask
        mask = 2 * oldMask + 1
        slots = .allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for index in 0...oldMask where oldSlots[index] != 0 {
            var slot = Int(oldSlots[index] >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = oldSlots[index]
        }
        oldSlots.deallocate()
    }

    /// A hash that no output depends on.
    @inline(__always)
    private static func hash(_ term: UnsafeRawBufferPointer) -> UInt32 {
        var hash = UInt64(truncatingIfNeeded: term.count) &* 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset &+ 8 <= term.count {
            hash = (hash ^ term.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0xFF51_AFD7_ED55_8CCD
            hash ^= hash >> 32
            offset &+= 8
        }
        var rest: UInt64 = 0
        while offset < term.count {
            rest = rest << 8 | UInt64(term[offset])
            offset &+= 1
        }
        hash = (hash ^ rest) &* 0xC4CE_B9FE_1A85_EC53
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}
