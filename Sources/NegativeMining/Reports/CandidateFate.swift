import RetrievalData

/// Everything that is known of a candidate after mining: what became of it, and its numbers.
public struct CandidateFate: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// `kept`, or the reason of the rejection.
    public var fate: String
    /// The source's score; nil for a random document that it doesn't know.
    public var score: Double?
    /// The rank from 0 as in `HardNegative`; nil for positives, documents outside the pool and random ones.
    public var rank: Int?
    /// The mixture's source; nil where there is one retriever.
    public var source: String?
    /// s⁺: the positives' score that margins are taken from; nil where the source knows none.
    public var positiveScore: Double?
    /// s⁺ − s.
    public var margin: Double?
    /// What the rejection rests on; nil where the filter has nothing to say.
    public var evidence: RejectionEvidence?
    /// How likely it is an unlabelled positive; nil where it was not estimated.
    public var falseNegativeProbability: Double?
    /// Why a filter would have rejected a negative, had people not judged it wrong for the query.
    public var overruled: RejectionReason?
    /// The beginning of the document's contents; only in examples, and nil where there are no texts.
    public var text: String?

    /// The name of the fate of negatives.
    public static let kept = "kept"
}

extension CandidateFate {
    init(_ negative: HardNegative, positiveScore: Double?) {
        self.init(
            document: negative.document, fate: Self.kept, score: negative.score, rank: negative.rank,
            source: negative.source, positiveScore: positiveScore,
            margin: Self.difference(positiveScore, negative.score),
            falseNegativeProbability: negative.falseNegativeProbability, overruled: negative.overruled)
    }

    init(_ rejection: Rejection, positiveScore: Double?) {
        self.init(
            document: rejection.document, fate: rejection.reason.rawValue, score: rejection.score,
            rank: rejection.rank, source: rejection.source, positiveScore: positiveScore,
            margin: Self.difference(positiveScore, rejection.score), evidence: rejection.evidence,
            falseNegativeProbability: rejection.falseNegativeProbability)
    }

    /// nil also where it is beyond the range of numbers.
    private static func difference(_ positive: Double?, _ score: Double?) -> Double? {
        guard let positive, let score else { return nil }
        let difference = positive - score
        return difference.isFinite ? difference : nil
    }
}

extension MinedQuery {
    /// The fates of all candidates: negatives in their order, then rejections in theirs; only negatives where there are no rejections.
    public var fates: [CandidateFate] {
        negatives.map { CandidateFate($0, positiveScore: positiveScore(of: $0.source)) }
            + (rejections ?? []).map { CandidateFate($0, positiveScore: positiveScore(of: $0.source)) }
    }

    /// s⁺ of a source; of documents that fill up that of the first.
    func positiveScore(of source: String?) -> Double? {
        (references.first { $0.source == source } ?? references.first)?.positiveScore
    }
}
