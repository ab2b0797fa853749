import DurableStorage

/// One searchable field of a segment, opened for reading: its terms, their postings, and the documents' lengths.
struct SegmentField: Sendable {
    /// What the manifest says of it.
    let manifest: Manifest.Field
    /// The number of documents of the segment.
    let documentCount: Int
    let terms: TermDictionary
    let postings: ChecksummedFile
    /// Where in the documents the terms stand; nil where no positions are stored.
    let positions: ChecksummedFile?
    let lengths: DocumentLengths
    /// What deleted documents change in the dictionary's numbers; nil where none is deleted.
    let corrections: TermCorrections?

    /// Opens the files of the field in a segment with so many documents; nil where their counts are not those of the manifest.
    init?(
        _ manifest: Manifest.Field, documentCount: Int, open: (Manifest.File, FileKind) throws -> ChecksummedFile
    ) throws {
        self.manifest = manifest
        self.documentCount = documentCount
        terms = try TermDictionary(open(manifest.terms, IndexFormat.termsKind))
        postings = try open(manifest.postings, IndexFormat.postingsKind)
        positions = try manifest.positions.map { try open($0, IndexFormat.positionsKind) }
        lengths = try DocumentLengths(open(manifest.lengths, IndexFormat.lengthsKind), documentCount: documentCount)
        corrections = try manifest.corrections.map {
            try TermCorrections(open($0.terms, IndexFormat.correctionsKind))
        }
        guard terms.termCount == manifest.termCount, terms.postingCount == manifest.postingCount,
            lengths.documentCount == manifest.documentCount, lengths.totalLength == manifest.totalLength,
            terms.hasPositions == (positions != nil), corrections?.postingCount == manifest.corrections?.postingCount
        else { return nil }
    }

    /// A cursor over the postings of a term, those of deleted documents included.
    func cursor(_ entry: TermEntry) throws -> PostingCursor {
        let view = try postings.view(offset: entry.postingsOffset, count: entry.postingsLength)
        return try PostingCursor(view, count: entry.documentFrequency, documentLimit: documentCount)
    }

    /// A reader of the positions of a term; nil where none are stored.
    func positions(_ entry: TermEntry) throws -> PositionListReader? {
        guard let positions else { return nil }
        let view = try positions.view(offset: entry.positionsOffset, count: entry.positionsLength)
        return try PositionListReader(view, count: entry.documentFrequency)
    }

    /// The number of documents that hold a term and are not deleted.
    func liveFrequency(_ entry: TermEntry) throws -> Int {
        guard let corrections else { return entry.documentFrequency }
        return entry.documentFrequency - (try corrections.removed(entry))
    }
}
