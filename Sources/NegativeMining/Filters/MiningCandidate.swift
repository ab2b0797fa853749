import RetrievalData

/// A document of the window that is neither a positive nor outside the pool.
public struct MiningCandidate: Sendable, Hashable {
    /// The document.
    public let document: DocumentID
    /// The score that the retriever ranked it with.
    public let score: Double
    /// The rank from 0, counted over candidates without positives and without documents outside the pool.
    public let rank: Int
    /// The hash of its contents as `TextIndex` has it; nil where the document store lacks the document.
    public let contentHash: UInt64?
    /// How likely it is an unlabelled positive; nil where there is no estimator.
    public let falseNegativeProbability: Double?
    /// The signature of its shingles; nil where near duplicates are not looked for, or the document store lacks the document.
    let signature: MinHashSignature?

    /// A candidate from its parts.
    public init(
        document: DocumentID, score: Double, rank: Int, contentHash: UInt64?, falseNegativeProbability: Double? = nil
    ) {
        self.init(
            document: document, score: score, rank: rank, contentHash: contentHash,
            falseNegativeProbability: falseNegativeProbability, signature: nil)
    }

    init(
        document: DocumentID, score: Double, rank: Int, contentHash: UInt64?, falseNegativeProbability: Double?,
        signature: MinHashSignature?
    ) {
        self.document = document
        self.score = score
        self.rank = rank
        self.contentHash = contentHash
        self.falseNegativeProbability = falseNegativeProbability
        self.signature = signature
    }
}
