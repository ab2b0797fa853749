import RetrievalData

/// A document that ranks high for a query and is not relevant to it.
public struct HardNegative: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// The score that the retriever ranked it with.
    public var score: Double
    /// Its rank from 0, counted without the query's positives and without documents outside the pool.
    public var rank: Int
    /// How likely it is an unlabelled positive; nil where the miner has no estimator.
    public var falseNegativeProbability: Double?

    /// A negative from its parts.
    public init(document: DocumentID, score: Double, rank: Int, falseNegativeProbability: Double? = nil) {
        self.document = document
        self.score = score
        self.rank = rank
        self.falseNegativeProbability = falseNegativeProbability
    }
}
