import DurableStorage
import RetrievalData
import TextAnalysis

/// An index opened for reading: a snapshot of its last commit, mapped into memory.
///
/// Opening reads the manifest and the page tables and checks them; every other page is verified by its checksum when it is first
/// touched. So a damaged file is found before any of its bytes is used: `StorageError.corrupt` names it, and no other hits are returned.
/// Any number of threads may use a reader. Later commits do not change it. As statistics of a collection a reader of an index with fields
/// takes a document for the texts of all fields one after the other, whatever their weights.
public final class IndexReader: Sendable, DocumentStore, CollectionStatistics {
    /// The path, or the name of an in-memory directory.
    public let path: String
    /// What the index holds, in numbers.
    public let summary: IndexSummary
    /// The searchable fields with their default weights; nil for the one field of title, a space and text.
    public let fields: FieldWeights?
    let segments: [Segment]
    private let manifest: Manifest

    /// Opens the index at a path; throws `StorageError.notFound` where there is none.
    public convenience init(path: String) throws {
        try self.init(directory: FileSystemDirectory(path: path))
    }

    /// Opens the index in a directory.
    public init(directory: any Directory) throws {
        path = directory.path
        let (manifest, segments) = try Self.open(directory, attempts: 10)
        summary = IndexSummary(manifest)
        fields = manifest.fields
        self.segments = segments
        self.manifest = manifest
    }

    /// The analyzer that made the terms; throws `SearchError.analyzerMismatch` where this program has none that gives the same.
    public func matchingAnalyzer() throws -> Analyzer { try manifest.matchingAnalyzer(index: path) }

    /// Opens the segments of the last commit; once more where a writer has replaced them between two steps.
    private static func open(_ directory: any Directory, attempts: Int) throws -> (Manifest, [Segment]) {
        let manifest = try Manifest.read(from: directory)
        do {
            var segments: [Segment] = []
            var base = 0
            for segment in manifest.segments {
                segments.append(try Segment(directory, segment, base: base))
                base += segment.documentCount
            }
            return (manifest, segments)
        } catch {
            guard attempts > 1, try Manifest.read(from: directory) != manifest else { throw error }
            return try open(directory, attempts: attempts - 1)
        }
    }

    /// The number of documents.
    public var documentCount: Int { summary.documentsWithTerms }

    /// The number of documents, those without terms included.
    public var storedDocumentCount: Int { summary.documentCount }

    /// The sum of the documents' lengths in terms.
    public var totalLength: Int { summary.totalLength }

    /// The analyzer that made the terms.
    public var analyzerIdentity: AnalyzerIdentity { summary.analyzer }

    /// The number of documents that hold a term; in an index with several fields in time and memory O(postings).
    public func documentFrequency(of term: String) throws -> Int {
        var term = term
        return try term.withUTF8 { bytes in
            try segments.reduce(0) { try $0 + documentFrequency(of: UnsafeRawBufferPointer(bytes), in: $1) }
        }
    }

    private func documentFrequency(of term: UnsafeRawBufferPointer, in segment: Segment) throws -> Int {
        if segment.fields.count == 1 {
            return try segment.contents.terms.find(term).map { try segment.contents.liveFrequency($0) } ?? 0
        }
        let postings = FieldPostings()
        postings.beginList()
        for field in segment.fields {
            if let entry = try field.terms.find(term) { try postings.add(field.cursor(entry), weight: 1) }
        }
        return postings.liveCount(0, deleted: segment.deleted)
    }

    /// The document with that id and its stored text, or nil; throws `SearchError.textNotStored` where the index stores none.
    public func document(_ id: DocumentID) throws -> Document? {
        for segment in segments {
            guard let number = try segment.liveDocument(withID: id) else { continue }
            guard let texts = segment.texts else { throw SearchError.textNotStored(index: path) }
            return try texts.document(number, id: id)
        }
        return nil
    }

    /// All ids in the order in which the documents were added.
    public func documentIDs() throws -> [DocumentID] { try documentIDs(nil) }

    /// The ids of the permitted documents of each segment, or of all.
    func documentIDs(_ permitted: [DocumentSet]?) throws -> [DocumentID] {
        var ids: [DocumentID] = []
        ids.reserveCapacity(permitted?.reduce(0) { $0 + $1.count } ?? storedDocumentCount)
        for (index, segment) in segments.enumerated() {
            for number in 0..<segment.documentCount where segment.isLive(number) {
                if permitted?[index].contains(number) == false { continue }
                ids.append(try segment.ids.id(of: number))
            }
        }
        return ids
    }

    /// Calls `body` with every document and its stored text in the order of `documentIDs()`; memory does not grow with their number.
    ///
    /// Throws `SearchError.textNotStored` where the index stores none, and what `body` throws.
    public func forEachDocument(_ body: (Document) throws -> Void) throws {
        for segment in segments {
            guard let texts = segment.texts else { throw SearchError.textNotStored(index: path) }
            for number in 0..<segment.documentCount where segment.isLive(number) {
                try body(texts.document(number, id: segment.ids.id(of: number)))
            }
        }
    }

    /// Whether a document of that id is in the index.
    public func contains(_ id: DocumentID) throws -> Bool {
        for segment in segments where try segment.liveDocument(withID: id) != nil { return true }
        return false
    }
}
