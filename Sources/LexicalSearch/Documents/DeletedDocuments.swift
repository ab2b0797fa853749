import DurableStorage

/// The bitmap of a segment's deleted documents, read straight from its file.
struct DeletedDocuments: Sendable {
    private let bits: ByteView
    private let documentCount: Int
    /// The number of deleted documents.
    let count: Int

    private static let trailerSize = 16

    /// Opens the file of a segment with so many documents, and verifies all of it.
    init(_ file: ChecksummedFile, documentCount: Int) throws {
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.file.name, reason: reason) }
        let size = Self.size(documentCount)
        let trailer = ChecksummedFile.bodyStart + size
        guard file.bodyEnd == trailer + Self.trailerSize else { throw corrupt("its size does not fit") }
        let stated = try file.load(UInt64.self, at: trailer)
        let deleted = try file.load(UInt64.self, at: trailer + 8)
        bits = try file.view(offset: ChecksummedFile.bodyStart, count: size)
        self.documentCount = documentCount
        var found = 0
        for offset in stride(from: 0, to: size, by: 8) {
            var word = try bits.load(UInt64.self, at: offset)
            found += word.nonzeroBitCount
            if 8 * (offset + 8) > documentCount, documentCount % 64 != 0 { word >>= UInt64(documentCount % 64) }
            if 8 * (offset + 8) > documentCount, documentCount % 64 != 0, word != 0 {
                throw corrupt("it names documents that are not there")
            }
        }
        guard stated == UInt64(documentCount), deleted == UInt64(found) else {
            throw corrupt("its counts are wrong")
        }
        count = found
    }

    /// Whether a document is deleted.
    @inline(__always)
    func contains(_ document: Int) -> Bool {
        precondition(document >= 0 && document < documentCount, "a document of the segment")
        return bits.unsafeBytes[document >> 3] >> UInt8(document & 7) & 1 == 1
    }

    /// A copy in memory.
    func set() throws -> DocumentSet {
        var set = DocumentSet(documentCount: documentCount)
        for document in 0..<documentCount where contains(document) { set.insert(document) }
        return set
    }

    /// Writes the file and returns its seal.
    static func write(_ set: DocumentSet, _ directory: any Directory, _ name: String) throws -> FileSeal {
        let file = try ChecksummedFileWriter(
            directory, name, kind: IndexFormat.deletionsKind, version: IndexFormat.version)
        var buffer = ByteWriter()
        for word in set.words { buffer.append(word) }
        buffer.append(UInt64(set.documentCount))
        buffer.append(UInt64(set.count))
        try file.write(&buffer)
        return try file.finish()
    }

    /// The bytes of the bitmap, whole words of eight.
    private static func size(_ documentCount: Int) -> Int { (documentCount + 63) / 64 * 8 }
}
