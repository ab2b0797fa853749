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
    /// The number of documents with at least one term: N in BM25.
    public var documentsWithTerms: Int
    /// The sum of the documents' lengths in terms.
    public var totalLength: Int
    /// The number of distinct terms, summed over segments.
    public var termCount: Int
    /// The number of pairs of a term and a document that holds it.
    public var postingCount: Int
    /// The number of segments.
    public var segmentCount: Int
    /// Whether the index gives documents back.
    public var storesText: Bool
    /// The size of each kind of file in bytes, summed over segments.
    public var bytes: Bytes

    /// Sizes in bytes.
    public struct Bytes: Codable, Sendable, Hashable {
        /// Term dictionaries.
        public var terms = 0
        /// Posting lists.
        public var postings = 0
        /// Document lengths.
        public var lengths = 0
        /// Document ids.
        public var ids = 0
        /// Stored text.
        public var texts = 0
        /// All files.
        public var total: Int { withoutText + texts }
        /// Everything but stored text.
        public var withoutText: Int { terms + postings + lengths + ids }
    }

    /// The average length of the documents with at least one term.
    public var averageLength: Double {
        documentsWithTerms > 0 ? Double(totalLength) / Double(documentsWithTerms) : 0
    }

    init(_ manifest: Manifest) {
        let fields = manifest.segments.flatMap(\.fields)
        format = manifest.format
        generation = manifest.generation
        analyzer = manifest.analyzer
        documentCount = manifest.segments.reduce(0) { $0 + $1.documentCount }
        documentsWithTerms = fields.reduce(0) { $0 + $1.documentCount }
        totalLength = fields.reduce(0) { $0 + $1.totalLength }
        termCount = fields.reduce(0) { $0 + $1.termCount }
        postingCount = fields.reduce(0) { $0 + $1.postingCount }
        segmentCount = manifest.segments.count
        storesText = manifest.segments.allSatisfy { $0.texts != nil }
        bytes = Bytes()
        for segment in manifest.segments {
            for field in segment.fields {
                bytes.terms += field.terms.size
                bytes.postings += field.postings.size
                bytes.lengths += field.lengths.size
            }
            bytes.ids += segment.ids.size
            bytes.texts += segment.texts?.size ?? 0
        }
    }
}
