import DurableStorage

/// Ids in blocks of 16: the first as it is, of each other one how many bytes it shares with the first, and the rest.
///
/// An id is two pieces that are found by passing over the ids before it in the block.
enum DocumentIDBlock {
    /// Ids in a block.
    static let size = 16

    /// Appends the ids of one block; id `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
    static func append(
        _ ids: Range<Int>, of bytes: UnsafeRawBufferPointer, offsets: [Int], into output: inout ByteWriter
    ) {
        func id(_ index: Int) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: bytes[offsets[index]..<offsets[index + 1]])
        }
        guard let start = ids.first else { return }
        let first = id(start)
        output.appendVarint(first.count)
        output.append(first)
        for index in ids.dropFirst() {
            let id = id(index)
            var shared = 0
            while shared < min(first.count, id.count), first[shared] == id[shared] { shared += 1 }
            output.appendVarint(shared)
            output.appendVarint(id.count - shared)
            output.append(UnsafeRawBufferPointer(rebasing: id[shared...]))
        }
    }

    /// Calls `body` with the two pieces of an id by its place in a block; nil where the block's bytes cannot be right.
    @inline(__always)
    static func withPieces<R>(
        of place: Int, in block: UnsafeRawBufferPointer,
        _ body: (_ shared: UnsafeRawBufferPointer, _ rest: UnsafeRawBufferPointer) throws -> R
    ) rethrows -> R? {
        var position = 0
        guard let length = number(block, &position), length <= block.count - position else { return nil }
        let first = UnsafeRawBufferPointer(rebasing: block[position..<(position + length)])
        position += length
        if place == 0 { return try body(first, UnsafeRawBufferPointer(rebasing: block[position..<position])) }
        var left = place
        while true {
            guard let shared = number(block, &position), let count = number(block, &position),
                shared <= first.count, count <= block.count - position
            else { return nil }
            left -= 1
            if left == 0 {
                return try body(
                    UnsafeRawBufferPointer(rebasing: first[..<shared]),
                    UnsafeRawBufferPointer(rebasing: block[position..<(position + count)]))
            }
            position += count
        }
    }

    /// The next varint of at most four bytes.
    @inline(__always)
    private static func number(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Int? {
        var value = 0
        var shift = 0
        while position < bytes.count, shift < 28 {
            let byte = Int(bytes[position])
            position &+= 1
            value |= (byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift &+= 7
        }
        return nil
    }
}
