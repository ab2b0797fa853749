import RetrievalData
import TextAnalysis

/// What an index holds, in numbers.
public struct IndexSummary: Codable, Sendable, Hashable {
    /// The version of the index format.
    public var format: Int
    /// The number of commits so far.
    public var generation: Int
    /// The analyzer that made the terms.
    public var analyzer: AnalyzerIdentity
    /// The number of documents.
    public var documentCount: Int
    /// The number of documents with at least one term, in whichever field: N in BM25 with equal weights.
    public var documentsWithTerms: Int
    /// The sum of the documents' lengths in terms.
    public var totalLength: Int
    /// The number of distinct terms, summed over segments and fields.
    public var termCount: Int
    /// The number of pairs of a term and a document that holds it.
    public var postingCount: Int
    /// The number of segments.
    public var segmentCount: Int
    /// The number of deleted documents that still take up room.
    public var deletedCount: Int
    /// The searchable fields; nil for the one field of title, a space and text.
    public var fields: [Field]?
    /// The segments in the order of their documents.
    public var segments: [Segment]
    /// Whether the index gives documents back.
    public var storesText: Bool
    /// Whether the index knows where in a document a term stands, as phrases and proximity need.
    public var storesPositions: Bool
    /// The size of each kind of file in bytes, summed over segments.
    public var bytes: Bytes
    /// The part of a corpus that the index holds; nil where it holds the whole.
    public var shard: ShardRecord?

    /// One searchable field; numbers are those of the documents that are not deleted, but for terms.
    public struct Field: Codable, Sendable, Hashable {
        /// The field's name.
        public var name: String
        /// Its weight where a search gives none.
        public var weight: Double
        /// The number of documents with at least one term in it.
        public var documentsWithTerms: Int
        /// The sum of the documents' lengths in it.
        public var totalLength: Int
        /// The number of distinct terms, summed over segments.
        public var termCount: Int
        /// The number of pairs of a term and a document that holds it.
        public var postingCount: Int
    }

    /// Documents that were indexed or merged together.
    public struct Segment: Codable, Sendable, Hashable {
        /// The name of its files.
        public var name: String
        /// The number of documents that are not deleted.
        public var documentCount: Int
        /// The number of deleted documents.
        public var deletedCount: Int
        /// The size of its files in bytes.
        public var bytes: Int
    }

    /// Sizes in bytes.
    public struct Bytes: Codable, Sendable, Hashable {
        /// Term dictionaries.
        public var terms = 0
        /// Posting lists.
        public var postings = 0
        /// Token positions.
        public var positions = 0
        /// Document lengths.
        public var lengths = 0
        /// Document ids.
        public var ids = 0
        /// Stored text.
        public var texts = 0
        /// Metadata for filters.
        public var columns = 0
        /// Deleted documents.
        public var deletions = 0
        /// All files.
        public var total: Int { withoutText + texts }
        /// Everything but stored text.
        public var withoutText: Int { terms + postings + positions + lengths + ids + columns + deletions }
    }

    /// The average length of the documents with at least one term.
    public var averageLength: Double {
        documentsWithTerms > 0 ? Double(totalLength) / Double(documentsWithTerms) : 0
    }

    init(_ manifest: Manifest) {
        format = manifest.format
        generation = manifest.generation
        analyzer = manifest.analyzer
        documentCount = manifest.segments.reduce(0) { $0 + $1.liveDocumentCount }
        documentsWithTerms = manifest.segments.reduce(0) { $0 + $1.liveDocumentsWithTerms }
        let all = manifest.fieldNames.indices.map { index in
            Field(
                manifest.fields?.fields[index] ?? .init(Manifest.contentsField),
                manifest.segments.map { $0.fields[index] })
        }
        fields = manifest.fields == nil ? nil : all
        totalLength = all.reduce(0) { $0 + $1.totalLength }
        termCount = all.reduce(0) { $0 + $1.termCount }
        postingCount = all.reduce(0) { $0 + $1.postingCount }
        segmentCount = manifest.segments.count
        deletedCount = manifest.segments.reduce(0) { $0 + ($1.deletions?.documentCount ?? 0) }
        segments = manifest.segments.map { segment in
            Segment(
                name: segment.name, documentCount: segment.liveDocumentCount,
                deletedCount: segment.deletions?.documentCount ?? 0,
                bytes: segment.files.reduce(0) { $0 + $1.size })
        }
        storesText = manifest.storesText
        storesPositions = manifest.storesPositions == true
        shard = manifest.shard
        bytes = Bytes()
        for segment in manifest.segments {
            for field in segment.fields {
                bytes.terms += field.terms.size
                bytes.postings += field.postings.size
                bytes.positions += field.positions?.size ?? 0
                bytes.lengths += field.lengths.size
                bytes.deletions += field.corrections?.terms.size ?? 0
            }
            bytes.ids += segment.ids.size
            bytes.texts += segment.texts?.size ?? 0
            bytes.columns += segment.columns?.size ?? 0
            bytes.deletions += segment.deletions?.bitmap.size ?? 0
        }
    }
}

extension IndexSummary.Field {
    /// The sums over the segments.
    init(_ field: FieldWeights.Field, _ segments: [Manifest.Field]) {
        name = field.name
        weight = field.weight
        documentsWithTerms = segments.reduce(0) { $0 + $1.documentCount - ($1.corrections?.documentCount ?? 0) }
        totalLength = segments.reduce(0) { $0 + $1.totalLength - ($1.corrections?.totalLength ?? 0) }
        termCount = segments.reduce(0) { $0 + $1.termCount }
        postingCount = segments.reduce(0) { $0 + $1.postingCount - ($1.corrections?.postingCount ?? 0) }
    }
}
