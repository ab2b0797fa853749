import DurableStorage
import RetrievalData

/// What is changed: the segments of the last commit, and which of their documents go.
struct IndexBase {
    let manifest: Manifest
    let segments: [Segment]
    /// For each segment its deleted documents, those of this change among them; nil where none is.
    private(set) var deleted: [DocumentSet?]
    /// Which of them got further ones by this change.
    private(set) var isChanged: [Bool]

    /// Opens the segments that a manifest names.
    init(_ manifest: Manifest, _ directory: any Directory) throws {
        self.manifest = manifest
        var base = 0
        segments = try manifest.segments.map { segment in
            defer { base += segment.documentCount }
            return try Segment(directory, segment, base: base)
        }
        deleted = try segments.map { try $0.deleted?.set() }
        isChanged = segments.map { _ in false }
    }

    /// Where the document of an id is, unless it is deleted.
    func place(of id: DocumentID) throws -> (segment: Int, document: Int)? {
        for (index, segment) in segments.enumerated() {
            guard let document = try segment.ids.document(withID: id) else { continue }
            if deleted[index]?.contains(document) != true { return (index, document) }
        }
        return nil
    }

    /// Deletes the document of an id; false where there is none.
    mutating func delete(_ id: DocumentID) throws -> Bool {
        guard let place = try place(of: id) else { return false }
        var set = deleted[place.segment] ?? DocumentSet(documentCount: segments[place.segment].documentCount)
        // Not held twice while it is changed.
        deleted[place.segment] = nil
        set.insert(place.document)
        deleted[place.segment] = set
        isChanged[place.segment] = true
        return true
    }

    /// The deleted documents of a segment.
    func deletedDocuments(of segment: Int) -> DocumentSet {
        deleted[segment] ?? DocumentSet(documentCount: segments[segment].documentCount)
    }

    /// The number of documents of a segment that are not deleted.
    func liveCount(of segment: Int) -> Int { segments[segment].documentCount - (deleted[segment]?.count ?? 0) }
}
