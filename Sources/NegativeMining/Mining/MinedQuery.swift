import RetrievalData

/// A document that ranks high for a query and is not relevant to it.
public struct HardNegative: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// The score that the retriever ranked it with.
    public var score: Double
    /// Its rank from 0, counted without the query's positives and without documents outside the pool.
    public var rank: Int

    /// A negative from its parts.
    public init(document: DocumentID, score: Double, rank: Int) {
        self.document = document
        self.score = score
        self.rank = rank
    }
}

/// A document that is relevant to a query, with the score of the retriever that mines.
public struct MinedPositive: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// The retriever's score for it; nil where the retriever doesn't know the document.
    public var score: Double?

    /// A positive from its parts.
    public init(document: DocumentID, score: Double?) {
        self.document = document
        self.score = score
    }
}

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

    /// A rejection from its parts.
    public init(document: DocumentID, score: Double, rank: Int?, reason: RejectionReason) {
        self.document = document
        self.score = score
        self.rank = rank
        self.reason = reason
    }
}

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
