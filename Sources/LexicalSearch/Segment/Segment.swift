import DurableStorage

/// Documents that were indexed together, opened for reading.
final class Segment: Sendable {
    let name: String
    let documentCount: Int
    /// The number of documents in the segments before this one.
    let base: Int
    let terms: TermDictionary
    let postings: ChecksummedFile
    let lengths: DocumentLengths
    let ids: DocumentIDTable
    let texts: TextStore?

    /// Opens the files that the manifest names; O(1) but for the page tables.
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
        if terms.termCount != field.termCount || terms.postingCount != field.postingCount
            || lengths.documentCount != field.documentCount || lengths.totalLength != field.totalLength
        {
            throw StorageError.corrupt(
                file: directory.describe(IndexFormat.manifestName),
                reason: "its counts are not those of segment '\(name)'")
        }
    }

    /// A cursor over the postings of a term.
    func cursor(_ entry: TermEntry) throws -> PostingCursor {
        let view = try postings.view(offset: entry.postingsOffset, count: entry.postingsLength)
        return try PostingCursor(view, count: entry.documentFrequency, documentLimit: documentCount)
    }
}
