import DurableStorage

/// How the positions of a term in one document are coded: for each a varint of position − p, p being the one before (0 if none).
///
/// The bytes of a posting's positions are made once, when its document is analysed; sorting, spilling and merging only move them.
enum PositionCoding {
    /// Appends ascending positions, of which several may be equal: a term may come from two tokens at one place.
    static func append(_ positions: some Sequence<UInt32>, into output: inout ByteWriter) {
        var last = 0
        for position in positions {
            output.appendVarint(Int(position) - last)
            last = Int(position)
        }
    }

    /// The number of bytes from an offset on that hold so many positions; never reaches beyond the end.
    @inline(__always)
    static func length(of count: UInt32, in bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        var left = count
        var end = offset
        while left > 0, end < bytes.count {
            // The last byte of a varint is below 0x80.
            left &-= bytes[end] < 0x80 ? 1 : 0
            end &+= 1
        }
        return end &- offset
    }

    /// Appends the list of a term, of which the postings' coded positions are given.
    ///
    /// A list of 128 or more postings begins with a width and, in that width, where each block of 128 postings ends, counted from the
    /// first; so the positions of one block are found without reading the others.
    static func appendList(_ postings: UnsafeBufferPointer<UnsafeRawBufferPointer>, into output: inout ByteWriter) {
        if postings.count >= IndexFormat.blockSize {
            var ends: [Int] = []
            var size = 0
            for (index, posting) in postings.enumerated() {
                size += posting.count
                if (index + 1) % IndexFormat.blockSize == 0 || index + 1 == postings.count { ends.append(size) }
            }
            let width = PackedArray.width(for: size)
            output.append(UInt8(width))
            for end in ends {
                withUnsafeBytes(of: UInt64(end).littleEndian) { output.append(.init(rebasing: $0[..<width])) }
            }
        }
        for posting in postings { output.append(posting) }
    }
}

/// Coded positions at an address that does not change: postings refer to them while they are sorted.
final class PositionBytes: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    /// A copy of some bytes.
    init(_ copied: [UInt8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(copied.count, 1), alignment: 1)
        memory.copyBytes(from: copied)
        bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<copied.count])
    }

    deinit { UnsafeMutableRawPointer(mutating: bytes.baseAddress)?.deallocate() }
}
