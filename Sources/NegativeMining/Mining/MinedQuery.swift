import RetrievalData

/// What mining found for one query.
public struct MinedQuery: Sendable, Hashable {
    /// The query.
    public var query: Query
    /// The query's positives in byte order of their ids, with the scores of the first source.
    public var positives: [MinedPositive]
    /// The negatives, source by source and best-ranked first, with `curriculum` sampling lowest-ranked first; random ones that fill up come last,
    /// or with `curriculum` first.
    ///
    /// Fewer than wanted, even none, where too few candidates passed.
    public var negatives: [HardNegative]
    /// Every other candidate, source by source in the order of the retriever, with its reason; nil unless the miner explains.
    ///
    /// Random documents have no fate here.
    public var rejections: [Rejection]?
    /// The positives' score that margins of each source's candidates are taken from, in the order of the sources.
    public var references: [MarginReference]

    /// A result from its parts.
    public init(
        query: Query, positives: [MinedPositive], negatives: [HardNegative], rejections: [Rejection]? = nil,
        references: [MarginReference] = []
    ) {
        self.query = query
        self.positives = positives
        self.negatives = negatives
        self.rejections = rejections
        self.references = references
    }

    /// One training example for each positive, each with all negatives.
    public var triplets: [Triplet] {
        positives.map { Triplet(query: query.id, positive: $0.document, negatives: negatives.map(\.document)) }
    }
}

extension MinedQuery {
    /// The results of several sources for one query, one after the other; there must be one.
    init(merging parts: [MinedQuery]) {
        self = parts[0]
        for part in parts.dropFirst() {
            negatives += part.negatives
            rejections = (rejections ?? []) + (part.rejections ?? [])
            references += part.references
        }
    }

    /// Makes the negatives rejections.
    mutating func drop() {
        let dropped = negatives.compactMap { negative in
            negative.score.map {
                Rejection(
                    document: negative.document, score: $0, rank: negative.rank, reason: .tooFew,
                    source: negative.source, falseNegativeProbability: negative.falseNegativeProbability)
            }
        }
        rejections = (rejections ?? []) + dropped
        negatives = []
    }

    /// The result as a miner that doesn't explain hands it out.
    var withoutRejections: MinedQuery {
        MinedQuery(query: query, positives: positives, negatives: negatives, references: references)
    }
}
