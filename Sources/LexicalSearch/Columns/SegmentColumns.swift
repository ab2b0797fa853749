import DurableStorage
import Synchronization

/// Reads the columns of a segment: for each key and kind the distinct values in ascending order, each with its documents.
final class SegmentColumns: Sendable {
    /// One kind of values of one key.
    struct Column: Sendable {
        let key: [UInt8]
        let kind: MetadataKind
        /// The number of documents with such a value.
        let documentCount: Int
        /// The number of distinct values.
        let valueCount: Int
        /// Where its values begin in the file, and how many bytes they have.
        let start: Int
        let size: Int
        /// Where each block begins, counted from `start`.
        let offsets: PackedArray
    }

    let file: ChecksummedFile
    /// The number of documents of the segment.
    let documentCount: Int
    /// The number of documents that have a value.
    let documentsWithValues: Int
    private let columnCount: Int
    private let directoryStart: Int
    private let parsed = Mutex<[Column]?>(nil)

    static let trailerSize = 32

    /// Opens the file of a segment with so many documents.
    init(_ file: ChecksummedFile, documentCount: Int) throws {
        let trailer = file.bodyEnd - Self.trailerSize
        let stated = try file.load(UInt64.self, at: trailer)
        let withValues = try file.load(UInt64.self, at: trailer + 8)
        let columns = try file.load(UInt64.self, at: trailer + 16)
        let start = try file.load(UInt64.self, at: trailer + 24)
        guard stated == UInt64(documentCount), withValues <= stated, start >= UInt64(ChecksummedFile.bodyStart),
            start <= UInt64(trailer), columns <= UInt64(trailer)
        else { throw StorageError.corrupt(file: file.file.name, reason: "its counts are impossible") }
        self.file = file
        self.documentCount = documentCount
        documentsWithValues = Int(withValues)
        columnCount = Int(columns)
        directoryStart = Int(start)
    }

    /// All columns in the order of keys and kinds; read when they are first asked for.
    func columns() throws -> [Column] {
        try parsed.withLock { parsed in
            if let parsed { return parsed }
            let columns = try readDirectory()
            parsed = columns
            return columns
        }
    }

    /// The columns of a key in the order of their kinds.
    func columns(of key: String) throws -> [Column] {
        let key = Array(key.utf8)
        let columns = try columns()
        var low = 0
        var high = columns.count
        while low < high {
            let middle = (low + high) / 2
            if columns[middle].key.lexicographicallyPrecedes(key) { low = middle + 1 } else { high = middle }
        }
        return Array(columns[low...].prefix { $0.key == key })
    }

    func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.file.name, reason: reason) }

    private func readDirectory() throws -> [Column] {
        let trailer = file.bodyEnd - Self.trailerSize
        var reader = ByteReader(try file.view(offset: directoryStart, count: trailer - directoryStart))
        var columns: [Column] = []
        var start = ChecksummedFile.bodyStart
        while !reader.isAtEnd {
            let length = try reader.varint()
            let key = try reader.bytes(length).bytes
            let kind = MetadataKind(rawValue: try reader.integer(UInt8.self))
            let (documents, values, size) = try (reader.varint(), reader.varint(), reader.varint())
            guard let kind, documents >= 1, documents <= documentCount, values >= 1, size <= directoryStart - start,
                values <= size
            else { throw corrupt("its directory is impossible") }
            if let last = columns.last {
                let isAscending =
                    last.key == key ? last.kind.rawValue < kind.rawValue : last.key.lexicographicallyPrecedes(key)
                if !isAscending { throw corrupt("its keys do not ascend") }
            }
            let blocks = (values + ColumnsWriter.blockSize - 1) / ColumnsWriter.blockSize
            let offsets = try PackedArray(
                file, offset: start + size, width: PackedArray.width(for: size), count: blocks)
            columns.append(
                Column(
                    key: key, kind: kind, documentCount: documents, valueCount: values, start: start, size: size,
                    offsets: offsets))
            start += size + blocks * offsets.width
        }
        guard columns.count == columnCount, start == directoryStart else {
            throw corrupt("its directory is impossible")
        }
        return columns
    }
}
