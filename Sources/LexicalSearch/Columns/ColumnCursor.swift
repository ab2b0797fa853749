import DurableStorage

/// Walks over the values of a column in ascending order; blocks are verified as they are reached.
struct ColumnCursor {
    private let columns: SegmentColumns
    private let column: SegmentColumns.Column
    private var block = -1
    private var blockCount: Int { column.offsets.count }
    /// The bytes of the block at hand, which stay where they are as long as `columns` lives, and the place in them.
    private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    private var place = 0
    /// The values of the block that are still to come.
    private var rest = 0
    /// The value at hand, and its documents; valid while the cursor lives.
    private(set) var value = UnsafeRawBufferPointer(start: nil, count: 0)
    private(set) var list = DocumentList(
        count: 0, isBitmap: false, bytes: UnsafeRawBufferPointer(start: nil, count: 0))

    init(_ columns: SegmentColumns, _ column: SegmentColumns.Column) {
        self.columns = columns
        self.column = column
    }

    /// Goes to the next value; false at the end.
    mutating func next() throws -> Bool {
        if rest == 0 {
            if place < bytes.count { throw columns.corrupt("a block holds too much") }
            if block + 1 >= blockCount { return false }
            try load(block + 1)
        }
        rest -= 1
        guard let length = Varint.read(bytes, &place), length <= bytes.count - place else { throw broken }
        value = UnsafeRawBufferPointer(rebasing: bytes[place..<(place + length)])
        place += length
        guard let head = Varint.read(bytes, &place), head >= 2 else { throw broken }
        var size = DocumentList.bitmapSize(columns.documentCount)
        if head & 1 == 0 {
            guard let stated = Varint.read(bytes, &place) else { throw broken }
            size = stated
        }
        guard size <= bytes.count - place else { throw broken }
        list = DocumentList(
            count: head >> 1, isBitmap: head & 1 == 1,
            bytes: UnsafeRawBufferPointer(rebasing: bytes[place..<(place + size)]))
        place += size
        return true
    }

    /// Goes to a place from which `next()` reaches every value that is not below `lower`, and at most some that are.
    mutating func seek(to lower: [UInt8]) throws {
        var low = 0
        var high = blockCount
        while low < high {
            let middle = (low + high) / 2
            try load(middle)
            guard try next() else { throw broken }
            let isBelow = lower.withUnsafeBytes { ByteOrder.compare(value, $0) < 0 }
            if isBelow { low = middle + 1 } else { high = middle }
        }
        try load(max(low - 1, 0))
    }

    /// Calls `body` with each document of the value at hand in ascending order.
    func forEachDocument(_ body: (Int) throws -> Void) throws {
        guard try list.forEach(documentCount: columns.documentCount, body) else {
            throw columns.corrupt("a list of documents is not one")
        }
    }

    private var broken: StorageError { columns.corrupt("a value lies outside of its block") }

    private mutating func load(_ block: Int) throws {
        let begin = try column.offsets.value(block)
        let end = block + 1 < blockCount ? try column.offsets.value(block + 1) : column.size
        guard begin < end, end <= column.size else { throw columns.corrupt("a block lies outside of its column") }
        bytes = try columns.file.view(offset: column.start + begin, count: end - begin).unsafeBytes
        place = 0
        rest = min(ColumnsWriter.blockSize, column.valueCount - block * ColumnsWriter.blockSize)
        self.block = block
    }
}
