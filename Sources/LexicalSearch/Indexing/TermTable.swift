/// Numbers terms in the order of their first appearance: an open-addressing hash table keyed by bytes, without a string per token.
///
/// The fields lie behind one pointer, so that a look-up needs no exclusivity checks.
final class TermTable {
    private struct Fields {
        var count = 0
        /// A hash (high half) and a term's number plus one (low half); zero where empty; at most half full.
        var slots: UnsafeMutablePointer<UInt64>
        var mask: Int
        /// All terms one after the other.
        var bytes: UnsafeMutableRawBufferPointer
        /// Where each term begins; after the last, where it ends.
        var offsets: UnsafeMutableBufferPointer<Int>

        init() {
            mask = (1 << 12) - 1
            slots = .allocate(capacity: mask + 1)
            slots.initialize(repeating: 0, count: mask + 1)
            bytes = .allocate(byteCount: 1 << 14, alignment: 8)
            offsets = .allocate(capacity: 1 << 11)
            offsets[0] = 0
        }
    }

    private let fields: UnsafeMutablePointer<Fields>

    init() {
        fields = .allocate(capacity: 1)
        fields.initialize(to: Fields())
    }

    deinit {
        fields.pointee.slots.deallocate()
        fields.pointee.bytes.deallocate()
        fields.pointee.offsets.deallocate()
        fields.deallocate()
    }

    /// The number of distinct terms.
    var count: Int { fields.pointee.count }

    /// The bytes of memory in use.
    var memory: Int { 8 * (fields.pointee.mask + 1) + fields.pointee.bytes.count + 8 * fields.pointee.offsets.count }

    /// All terms one after the other, with the offsets at which they begin.
    var contents: (bytes: [UInt8], offsets: [Int]) {
        let view = view
        return ([UInt8](view.bytes), [Int](view.offsets))
    }

    /// The same without a copy; valid until another term is added.
    var view: (bytes: UnsafeRawBufferPointer, offsets: UnsafeBufferPointer<Int>) {
        let fields = fields.pointee
        return (
            UnsafeRawBufferPointer(rebasing: fields.bytes[..<fields.offsets[fields.count]]),
            UnsafeBufferPointer(rebasing: fields.offsets[...fields.count])
        )
    }

    /// The bytes of a term by its number; valid until another term is added.
    func bytes(of number: Int) -> UnsafeRawBufferPointer {
        let (bytes, offsets) = (fields.pointee.bytes, fields.pointee.offsets)
        return UnsafeRawBufferPointer(rebasing: bytes[offsets[number]..<offsets[number + 1]])
    }

    /// The number of a term, a new one if it is new.
    @inline(__always)
    func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
        let key = UnsafeRawBufferPointer(term)
        let hash = Self.hash(key)
        let (slots, mask) = (fields.pointee.slots, fields.pointee.mask)
        var slot = Int(hash) & mask
        while true {
            let content = slots[slot]
            if content == 0 { return insert(key, hash: hash, slot: slot) }
            if UInt32(truncatingIfNeeded: content >> 32) == hash {
                let number = Int(content & 0xFFFF_FFFF) &- 1
                if equals(number, key) { return number }
            }
            slot = (slot &+ 1) & mask
        }
    }

    @inline(__always)
    private func equals(_ number: Int, _ term: UnsafeRawBufferPointer) -> Bool {
        let offsets = fields.pointee.offsets
        let start = offsets[number]
        let known = UnsafeRawBufferPointer(rebasing: fields.pointee.bytes[start..<offsets[number &+ 1]])
        return known.count == term.count && ByteOrder.compare(known, term) == 0
    }

    @inline(never)
    private func insert(_ term: UnsafeRawBufferPointer, hash: UInt32, slot: Int) -> Int {
        let number = fields.pointee.count
        let start = fields.pointee.offsets[number]
        let end = start + term.count
        if end > fields.pointee.bytes.count { Self.grow(&fields.pointee.bytes, to: end, keeping: start) }
        UnsafeMutableRawBufferPointer(rebasing: fields.pointee.bytes[start..<end]).copyMemory(from: term)
        if number + 2 > fields.pointee.offsets.count { Self.grow(&fields.pointee.offsets) }
        fields.pointee.offsets[number + 1] = end
        fields.pointee.count = number + 1
        fields.pointee.slots[slot] = UInt64(hash) << 32 | UInt64(number + 1)
        if 2 * (number + 1) > fields.pointee.mask { growSlots() }
        return number
    }

    private static func grow(_ bytes: inout UnsafeMutableRawBufferPointer, to size: Int, keeping kept: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 2 * bytes.count), alignment: 8)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<kept]))
        bytes.deallocate()
        bytes = larger
    }

    private static func grow(_ offsets: inout UnsafeMutableBufferPointer<Int>) {
        let larger = UnsafeMutableBufferPointer<Int>.allocate(capacity: 2 * offsets.count)
        _ = larger.update(fromContentsOf: offsets)
        offsets.deallocate()
        offsets = larger
    }

    private func growSlots() {
        let (oldSlots, oldMask) = (fields.pointee.slots, fields.pointee.mask)
        let mask = 2 * oldMask + 1
        let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: mask + 1)
        slots.initialize(repeating: 0, count: mask + 1)
        for index in 0...oldMask where oldSlots[index] != 0 {
            var slot = Int(oldSlots[index] >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = oldSlots[index]
        }
        oldSlots.deallocate()
        fields.pointee.slots = slots
        fields.pointee.mask = mask
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
