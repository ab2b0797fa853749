import RetrievalData

/// A query with its positives and some of its candidates with the beginnings of their texts, for people to look at.
public struct MiningExample: Sendable, Hashable, Codable {
    /// The query's id.
    public var query: QueryID
    /// The beginning of its text.
    public var text: String
    /// The first positives; their fate is `positive`.
    public var positives: [CandidateFate]
    /// The first negatives.
    public var negatives: [CandidateFate]
    /// The first candidates that filters or the window rejected, source by source in the order of the retriever.
    public var rejected: [CandidateFate]
    /// All candidates that were rejected so.
    public var rejectedCount: Int
    /// All candidates that passed all filters and were not needed.
    public var unusedCount: Int

    init(_ mined: MinedQuery, detail: MiningReportDetail, documents: any DocumentStore) throws {
        func passage(_ candidate: CandidateFate) throws -> CandidateFate {
            var passage = candidate
            let contents = try documents.document(candidate.document)?.contents
            // Where ids stand for texts there is nothing to show.
            passage.text = contents.flatMap { $0 == candidate.document ? nil : Self.cut($0, detail.textLength) }
            return passage
        }
        let rejections = mined.rejections ?? []
        let rejected = rejections.filter { CandidateOutcome($0.reason) == .rejected }
        query = mined.query.id
        text = Self.cut(mined.query.text, detail.textLength)
        positives = try mined.positives.prefix(detail.passages).map { positive in
            try passage(
                CandidateFate(
                    document: positive.document, fate: RejectionReason.positive.rawValue, score: positive.score))
        }
        negatives = try mined.negatives.prefix(detail.passages).map {
            try passage(CandidateFate($0, positiveScore: mined.positiveScore(of: $0.source)))
        }
        self.rejected = try rejected.prefix(detail.passages).map {
            try passage(CandidateFate($0, positiveScore: mined.positiveScore(of: $0.source)))
        }
        rejectedCount = rejected.count
        unusedCount = rejections.count { CandidateOutcome($0.reason) == .unused }
    }

    /// The first scalars of a text, an ellipsis behind them where it is longer.
    static func cut(_ text: String, _ length: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: max(length, 0), limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(text[..<end]) + "…"
    }
}
