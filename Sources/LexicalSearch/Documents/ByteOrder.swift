import Essentials

/// Comparing and sorting byte strings by unsigned bytes, the order of all ids and terms.
enum ByteOrder {
    /// Negative, zero or positive as `a` stands before, equals or stands after `b`.
    @inline(__always)
    static func compare(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
        let common = min(a.count, b.count)
        if common > 0, let first = a.baseAddress, let second = b.baseAddress {
            let difference = memcmp(first, second, common)
            if difference != 0 { return Int(difference) }
        }
        return a.count - b.count
    }

    /// The first eight bytes as a number that sorts as they do; shorter strings are padded with zeros.
    @inline(__always)
    static func key(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        if bytes.count >= 8 { return UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) }
        var key: UInt64 = 0
        for (index, byte) in bytes.enumerated() { key |= UInt64(byte) << UInt64(56 - 8 * index) }
        return key
    }

    /// The indexes of byte strings in ascending order; string `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
    static func sortedIndexes(bytes: UnsafeRawBufferPointer, offsets: UnsafeBufferPointer<Int>) -> [UInt32] {
        struct Item {
            var key: UInt64
            var index: UInt32
        }
        let count = max(offsets.count - 1, 0)
        func string(_ index: UInt32) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: bytes[offsets[Int(index)]..<offsets[Int(index) + 1]])
        }
        var items = (0..<count).map { Item(key: key(string(UInt32($0))), index: UInt32($0)) }
        items.sort { a, b in
            if a.key != b.key { return a.key < b.key }
            let comparison = compare(string(a.index), string(b.index))
            return comparison != 0 ? comparison < 0 : a.index < b.index
        }
        return items.map(\.index)
    }

    /// The same for offsets in an array.
    static func sortedIndexes(bytes: UnsafeRawBufferPointer, offsets: [Int]) -> [UInt32] {
        offsets.withUnsafeBufferPointer { sortedIndexes(bytes: bytes, offsets: $0) }
    }
}
