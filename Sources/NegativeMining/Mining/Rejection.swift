import RetrievalData

/// A candidate that did not become a negative, and why.
public struct Rejection: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// The score that the retriever ranked it with.
    public var score: Double
    /// Its rank from 0 as in `HardNegative`; nil for positives and documents outside the pool, which are not counted.
    public var rank: Int?
    /// Why it was rejected.
    public var reason: RejectionReason
    /// The name of the mixture's source whose candidate it was; nil where there is one retriever.
    public var source: String?
    /// What it rests on; nil where the filter has nothing to say, or nobody asked.
    public var evidence: RejectionEvidence?
    /// How likely it is an unlabelled positive; nil for candidates that were not estimated.
    public var falseNegativeProbability: Double?

    /// A rejection from its parts.
    public init(
        document: DocumentID, score: Double, rank: Int?, reason: RejectionReason, source: String? = nil,
        evidence: RejectionEvidence? = nil, falseNegativeProbability: Double? = nil
    ) {
        self.document = document
        self.score = score
        self.rank = rank
        self.reason = reason
        self.source = source
        self.evidence = evidence
        self.falseNegativeProbability = falseNegativeProbability
    }
}
