import RetrievalData

/// A document that ranks high for a query and is not relevant to it, or a random one beside those.
public struct HardNegative: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// The score of the retriever that found it; of a random document that of the first retriever, nil where that doesn't know it.
    public var score: Double?
    /// Its rank from 0, counted without the query's positives and without documents outside the pool; nil for a random document.
    public var rank: Int?
    /// The name of the mixture's source it comes from; `random` where it fills up; nil where there is one retriever.
    public var source: String?
    /// How likely it is an unlabelled positive; nil where its source has no estimator.
    public var falseNegativeProbability: Double?
    /// Why a filter would have rejected it, had people not judged it wrong for the query; nil for all others.
    public var overruled: RejectionReason?

    /// A negative from its parts.
    public init(
        document: DocumentID, score: Double?, rank: Int?, source: String? = nil,
        falseNegativeProbability: Double? = nil,
        overruled: RejectionReason? = nil
    ) {
        self.document = document
        self.score = score
        self.rank = rank
        self.source = source
        self.falseNegativeProbability = falseNegativeProbability
        self.overruled = overruled
    }
}
