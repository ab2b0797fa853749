import DurableStorage

/// Documents that were indexed together, opened for reading.
final class Segment: Sendable {
    /// What the manifest says of it.
    let manifest: Manifest.Segment
    let name: String
    /// The number of documents, deleted ones included.
    let documentCount: Int
    /// The number of documents in the segments before this one.
    let base: Int
    /// The searchable fields, at least one, the same in every segment.
    let fields: [SegmentField]
    /// The first field: the only one of an index that has no fields by name.
    let contents: SegmentField
    let ids: DocumentIDTable
    let texts: TextStore?
    /// Metadata for filters; nil where no document has any, or where the segment was written without looking (`metadataCount`).
    let columns: SegmentColumns?
    /// Which documents are deleted; nil where none is.
    let deleted: DeletedDocuments?

    /// Opens the files that the manifest names; O(1) but for the page tables and the bitmap of deleted documents.
    init(_ directory: any Directory, _ manifest: Manifest.Segment, base: Int) throws {
        func open(_ file: Manifest.File, _ kind: FileKind) throws -> ChecksummedFile {
            do {
                return try ChecksummedFile(
                    directory, file.name, kind: kind, version: IndexFormat.version, expected: file.seal)
            } catch StorageError.notFound(let path) {
                throw StorageError.corrupt(file: path, reason: "it is missing")
            }
        }
        self.manifest = manifest
        name = manifest.name
        documentCount = manifest.documentCount
        self.base = base
        fields = try manifest.fields.compactMap {
            try SegmentField($0, documentCount: manifest.documentCount, open: open)
        }
        ids = try DocumentIDTable(open(manifest.ids, IndexFormat.idsKind), documentCount: manifest.documentCount)
        texts = try manifest.texts.map {
            try TextStore(open($0, IndexFormat.textsKind), documentCount: manifest.documentCount)
        }
        columns = try manifest.columns.map {
            try SegmentColumns(open($0, IndexFormat.columnsKind), documentCount: manifest.documentCount)
        }
        deleted = try manifest.deletions.map {
            try DeletedDocuments(open($0.bitmap, IndexFormat.deletionsKind), documentCount: manifest.documentCount)
        }
        guard let first = fields.first, fields.count == manifest.fields.count,
            columns?.documentsWithValues ?? 0 == manifest.metadataCount ?? 0,
            deleted?.count == manifest.deletions?.documentCount
        else {
            throw StorageError.corrupt(
                file: directory.describe(IndexFormat.manifestName),
                reason: "its counts are not those of segment '\(manifest.name)'")
        }
        contents = first
    }
}

/// What deletions leave of a segment.
extension Segment {
    /// Whether a document is not deleted.
    @inline(__always)
    func isLive(_ document: Int) -> Bool {
        guard let deleted else { return true }
        return !deleted.contains(document)
    }

    /// The document with an id, unless it is deleted.
    func liveDocument(withID id: String) throws -> Int? {
        guard let document = try ids.document(withID: id), isLive(document) else { return nil }
        return document
    }
}
