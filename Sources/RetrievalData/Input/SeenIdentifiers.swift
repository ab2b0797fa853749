/// Ids with the lines they stand on, held as bytes: about 20 bytes an id besides its own, and exact.
///
/// Canonically equivalent ids are the same, as they are for `String`.
struct SeenIdentifiers {
    /// The number of ids.
    private(set) var count = 0
    /// One record an id: its line, its length, its bytes; the numbers are of variable length.
    ///
    /// Records begin in the first megabyte of a block, so that the table grows without being copied.
    private var blocks: [[UInt8]] = []
    /// Where records begin (the block, times 2^20, and the place in it), plus one, in the lower bits, and the upper bits of the ids' hashes; 0 where free.
    ///
    /// Linear probing.
    private var slots = [UInt64](repeating: 0, count: 64)

    private static let blockBits = 20
    private static let offsetBits: UInt64 = 40
    private static let offsetMask: UInt64 = (1 << offsetBits) - 1

    /// Adds an id unless it is there; returns the line of the first.
    mutating func insert(_ id: String, line: Int) -> Int? {
        var id = id
        return id.withUTF8 { insert($0, line: line) }
    }

    private mutating func insert(_ id: UnsafeBufferPointer<UInt8>, line: Int) -> Int? {
        let hash = IdentifierBytes.hash(id)
        var slot = Self.place(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if (slots[slot] ^ hash) & ~Self.offsetMask == 0 {
                let record = record(of: slots[slot])
                if record.id.withUnsafeBufferPointer({ IdentifierBytes.areSame($0, id) }) { return record.line }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = hash & ~Self.offsetMask | UInt64(append(id, line: line) + 1)
        count += 1
        if count * 4 > slots.count * 3 { grow() }
        return nil
    }

    /// Where the search for a hash begins in a table: the bits that slots keep of it first, so that a table can be made larger without the ids.
    private static func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: (hash >> offsetBits | hash << (64 - offsetBits)) & UInt64(Int.max))
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: 2 * old.count)
        let mask = slots.count - 1
        for content in old where content != 0 {
            var slot = Self.place(mask >> (64 - Self.offsetBits) == 0 ? content : hash(of: content)) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = content
        }
    }

    /// The whole hash of the id that a slot stands for.
    private func hash(of content: UInt64) -> UInt64 {
        record(of: content).id.withUnsafeBufferPointer(IdentifierBytes.hash)
    }

    /// The record that a slot stands for.
    private func record(of content: UInt64) -> (line: Int, id: ArraySlice<UInt8>) {
        let offset = Int(content & Self.offsetMask) - 1
        let block = blocks[offset >> Self.blockBits]
        var place = offset & ((1 << Self.blockBits) - 1)
        let line = Self.number(in: block, &place)
        let length = Self.number(in: block, &place)
        return (line, block[place..<(place + length)])
    }

    /// Appends a record and returns where it begins.
    private mutating func append(_ id: UnsafeBufferPointer<UInt8>, line: Int) -> Int {
        let room = 20 + id.count
        if blocks.isEmpty || blocks[blocks.count - 1].count + room > 1 << Self.blockBits {
            blocks.append([])
            blocks[blocks.count - 1].reserveCapacity(max(room, 1 << Self.blockBits))
        }
        let block = blocks.count - 1
        let offset = block << Self.blockBits | blocks[block].count
        Self.append(line, to: &blocks[block])
        Self.append(id.count, to: &blocks[block])
        blocks[block] += id
        return offset
    }

    private static func append(_ number: Int, to block: inout [UInt8]) {
        var rest = UInt(number)
        while rest >= 0x80 {
            block.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        block.append(UInt8(rest))
    }

    private static func number(in block: [UInt8], _ place: inout Int) -> Int {
        var value = 0
        var shift = 0
        while true {
            let byte = block[place]
            place += 1
            value |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }
}
