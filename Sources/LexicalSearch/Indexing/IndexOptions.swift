import RetrievalData
import TextAnalysis

/// How an index is built.
public struct IndexOptions: Codable, Sendable, Hashable {
    /// How text becomes terms; stored with the index.
    public var analyzer: AnalyzerOptions
    /// Whether titles, texts and metadata are stored, so that the index gives documents back.
    public var storeText: Bool
    /// Whether the positions of terms in documents are stored, for phrases and proximity.
    public var positions: Bool
    /// The number of threads; the index has the same bytes whatever it is.
    public var threads: Int
    /// The searchable fields with their default weights in BM25F; nil for one field of title, a space and text.
    public var fields: FieldWeights?
    /// The bytes of postings to hold in memory before they are written aside and merged at the commit.
    ///
    /// The index has the same bytes whatever it is. Ids and lengths, 12 bytes a document and the ids' own, count in it as long as they leave a
    /// quarter for postings. Metadata for filters have a sixteenth of it besides, and as much again while they are sorted.
    public var memory: Int
    /// The part of the documents that is indexed, others being read and passed over; nil for all.
    public var shard: Shard?

    /// Options from their parts.
    public init(
        analyzer: AnalyzerOptions = .english, storeText: Bool = true, positions: Bool = false,
        fields: FieldWeights? = nil, threads: Int = 1,
        memory: Int = 512 << 20, shard: Shard? = nil
    ) {
        self.shard = shard
        self.analyzer = analyzer
        self.storeText = storeText
        self.positions = positions
        self.fields = fields
        self.threads = max(1, threads)
        self.memory = max(1 << 16, memory)
    }
}
