import DurableStorage

/// Writes the columns of a segment from values in ascending order of key, kind and bytes; the file appears with the first value.
final class ColumnsWriter {
    /// Values in a block, for which one offset is kept.
    static let blockSize = 16

    private let directory: any Directory
    private let name: String
    private let documentCount: Int
    private var file: ChecksummedFileWriter?
    private var directoryEntries = ByteWriter()
    private var columnCount: UInt32 = 0
    /// For each document the number of the last column in which it stands, from 1.
    private var lastColumn: [UInt32] = []
    /// The number of documents that have a value.
    private(set) var documentsWithValues = 0
    // The column at hand.
    private var key: [UInt8] = []
    private var kind: MetadataKind?
    private var buffer = ByteWriter()
    private var written = 0
    private var offsets: [Int] = []
    private var valueCount = 0
    private var documents = 0
    private var list = DocumentListEncoder()

    init(_ directory: any Directory, _ name: String, documentCount: Int) {
        self.directory = directory
        self.name = name
        self.documentCount = documentCount
    }

    /// Appends a value with its documents, ascending, repetitions allowed; nothing where there are none.
    func add(
        key: UnsafeRawBufferPointer, kind: MetadataKind, value: UnsafeRawBufferPointer,
        _ forEachDocument: ((Int) -> Void) throws -> Void
    ) throws {
        let isNew = self.kind != kind || !self.key.elementsEqual(key)
        let column = isNew ? columnCount + 1 : columnCount
        if lastColumn.isEmpty { lastColumn = [UInt32](repeating: 0, count: documentCount) }
        var fresh = 0
        try forEachDocument { document in
            guard list.add(document) else { return }
            if lastColumn[document] == 0 { documentsWithValues += 1 }
            if lastColumn[document] != column { fresh += 1 }
            lastColumn[document] = column
        }
        if list.isEmpty { return }
        if isNew {
            try closeColumn()
            self.key = [UInt8](key)
            self.kind = kind
            columnCount = column
        }
        documents += fresh
        if valueCount % Self.blockSize == 0 { offsets.append(written + buffer.count) }
        valueCount += 1
        buffer.appendVarint(value.count)
        buffer.append(value)
        list.finish(documentCount: documentCount, into: &buffer)
        if buffer.count >= 1 << 16 { try flush() }
    }

    /// Makes the file durable; nil where there was no value and so no file.
    func finish() throws -> Manifest.File? {
        try closeColumn()
        guard let file else { return nil }
        let start = file.position
        try file.write(&directoryEntries)
        var trailer = ByteWriter()
        trailer.append(UInt64(documentCount))
        trailer.append(UInt64(documentsWithValues))
        trailer.append(UInt64(columnCount))
        trailer.append(UInt64(start))
        try file.write(&trailer)
        return Manifest.File(name: name, seal: try file.finish())
    }

    private func openFile() throws -> ChecksummedFileWriter {
        if let file { return file }
        let opened = try ChecksummedFileWriter(
            directory, name, kind: IndexFormat.columnsKind, version: IndexFormat.version)
        file = opened
        return opened
    }

    private func flush() throws {
        written += buffer.count
        try openFile().write(&buffer)
    }

    private func closeColumn() throws {
        guard let kind else { return }
        try flush()
        try PackedArray.write(offsets, width: PackedArray.width(for: written), to: openFile())
        directoryEntries.appendVarint(key.count)
        directoryEntries.append(key)
        directoryEntries.append(kind.rawValue)
        directoryEntries.appendVarint(documents)
        directoryEntries.appendVarint(valueCount)
        directoryEntries.appendVarint(written)
        self.kind = nil
        written = 0
        offsets.removeAll(keepingCapacity: true)
        valueCount = 0
        documents = 0
    }
}
