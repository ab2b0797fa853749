import DurableStorage

@testable import LexicalSearch

/// The columns of a segment of any bytes, under right checksums: the reader throws `corrupt`, or gives values with documents that ascend
/// below the number of documents, finds each value, and gives the same when they were merged.
///
/// An input is the number of documents (2 bytes), of documents with values (2), of columns (1), the size of the directory (2), and the
/// body of the file but for its trailer, which is made of these.
enum ColumnsInput {
    /// A value with its documents.
    private struct Entry: Equatable {
        var key: [UInt8]
        var kind: MetadataKind
        var value: [UInt8]
        var documents: [Int]
    }

    static func run(_ input: inout FuzzInput) throws {
        let documentCount = Int(input.integer(UInt16.self))
        let withValues = input.integer(UInt16.self)
        let columnCount = input.byte()
        let directorySize = Int(input.integer(UInt16.self))
        let body = input.remainder()
        let directory = InMemoryDirectory()
        let writer = try ChecksummedFileWriter(
            directory, "c", kind: IndexFormat.columnsKind, version: IndexFormat.version)
        try writer.write(body)
        var trailer = ByteWriter()
        trailer.append(UInt64(documentCount))
        trailer.append(UInt64(withValues))
        trailer.append(UInt64(columnCount))
        trailer.append(UInt64(bitPattern: Int64(ChecksummedFile.bodyStart + body.count - directorySize)))
        try writer.write(&trailer)
        _ = try writer.finish()
        let columns = try open(directory, "c", documentCount)
        let entries = try entries(of: columns)
        try seek(columns, entries)

        let merged = ColumnsWriter(directory, "m", documentCount: documentCount)
        try ColumnsMerger.merge([.init(columns: columns, numbers: nil)], into: merged)
        guard try merged.finish() != nil else { return require(entries.isEmpty, "nothing is left of columns") }
        let read = try self.entries(of: open(directory, "m", documentCount))
        require(read == entries, "merged columns differ")
    }

    private static func open(_ directory: InMemoryDirectory, _ name: String, _ count: Int) throws -> SegmentColumns {
        try SegmentColumns(
            ChecksummedFile(directory, name, kind: IndexFormat.columnsKind, version: IndexFormat.version),
            documentCount: count)
    }

    private static func entries(of columns: SegmentColumns) throws -> [Entry] {
        var entries: [Entry] = []
        for column in try columns.columns() {
            var cursor = ColumnCursor(columns, column)
            while try cursor.next() {
                var entry = Entry(key: column.key, kind: column.kind, value: [UInt8](cursor.value), documents: [])
                try cursor.forEachDocument { document in
                    require(
                        document > entry.documents.last ?? -1 && document < columns.documentCount,
                        "document \(document) of \(columns.documentCount)")
                    entry.documents.append(document)
                }
                require(!entry.documents.isEmpty, "a value without documents")
                entries.append(entry)
            }
            require(try columns.columns(of: String(decoding: column.key, as: UTF8.self)).count <= 4, "too many kinds")
        }
        return entries
    }

    /// Where the values of a column ascend, each is found.
    private static func seek(_ columns: SegmentColumns, _ entries: [Entry]) throws {
        for column in try columns.columns() {
            let own = entries.filter { $0.key == column.key && $0.kind == column.kind }
            let ascends = zip(own, own.dropFirst()).allSatisfy { $0.value.lexicographicallyPrecedes($1.value) }
            for (place, entry) in own.enumerated() where place % 7 == 0 {
                var cursor = ColumnCursor(columns, column)
                try cursor.seek(to: entry.value)
                var found = false
                while !found, try cursor.next() { found = cursor.value.elementsEqual(entry.value) }
                require(found || !ascends, "a value is not found")
            }
        }
    }
}
