import RetrievalData

/// What mining found for one query.
public struct MinedQuery: Sendable, Hashable {
    /// The query.
    public var query: Query
    /// The query's positives in byte order of their ids.
    public var positives: [MinedPositive]
    /// The negatives, best-ranked first; fewer than wanted, even none, where too few candidates passed.
    public var negatives: [HardNegative]
    /// Every other candidate in the order of the retriever, with its reason; nil unless the miner explains.
    public var rejections: [Rejection]?

    /// A result from its parts.
    public init(
        query: Query, positives: [MinedPositive], negatives: [HardNegative], rejections: [Rejection]? = nil
    ) {
        self.query = query
        self.positives = positives
        self.negatives = negatives
        self.rejections = rejections
    }

    /// One training example for each positive, each with all negatives.
    public var triplets: [Triplet] {
        positives.map { Triplet(query: query.id, positive: $0.document, negatives: negatives.map(\.document)) }
    }
}
