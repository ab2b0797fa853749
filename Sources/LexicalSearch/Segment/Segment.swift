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
    let terms: TermDictionary
    let postings: ChecksummedFile
    let lengths: DocumentLengths
    let ids: DocumentIDTable
    let texts: TextStore?
    /// Metadata for filters; nil where no document has any, or where the segment was written without looking (`metadataCount`).
    let columns: SegmentColumns?
    /// Which documents are deleted; nil where none is.
    let deleted: DeletedDocuments?
    /// What that changes in the dictionary's numbers.
    let corrections: TermCorrections?

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
        let field = manifest.fields[0]
        self.manifest = manifest
        name = manifest.name
        documentCount = manifest.documentCount
        self.base = base
        terms = try TermDictionary(open(field.terms, IndexFormat.termsKind))
        postings = try open(field.postings, IndexFormat.postingsKind)
        lengths = try DocumentLengths(
            open(field.lengths, IndexFormat.lengthsKind), documentCount: manifest.documentCount)
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
        corrections = try field.corrections.map {
            try TermCorrections(open($0.terms, IndexFormat.correctionsKind))
        }
        if terms.termCount != field.termCount || terms.postingCount != field.postingCount
            || lengths.documentCount != field.documentCount || lengths.totalLength != field.totalLength
            || columns?.documentsWithValues ?? 0 != manifest.metadataCount ?? 0
            || deleted?.count != manifest.deletions?.documentCount
            || corrections?.postingCount != field.corrections?.postingCount
        {
            throw StorageError.corrupt(
                file: directory.describe(IndexFormat.manifestName),
                reason: "its counts are not those of segment '\(name)'")
        }
    }

    /// A cursor over the postings of a term, those of deleted documents included.
    func cursor(_ entry: TermEntry) throws -> PostingCursor {
        let view = try postings.view(offset: entry.postingsOffset, count: entry.postingsLength)
        return try PostingCursor(view, count: entry.documentFrequency, documentLimit: documentCount)
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

    /// The number of documents that hold a term and are not deleted.
    func liveFrequency(_ entry: TermEntry) throws -> Int {
        guard let corrections else { return entry.documentFrequency }
        return entry.documentFrequency - (try corrections.removed(entry))
    }

    /// The document with an id, unless it is deleted.
    func liveDocument(withID id: String) throws -> Int? {
        guard let document = try ids.document(withID: id), isLive(document) else { return nil }
        return document
    }
}
