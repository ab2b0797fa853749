/// Keeps a candidate only if s ≤ s⁺ − |s⁺| · margin.
///
/// The TopK-PercPos rule of NV-Retriever (Moreira et al. 2024, arXiv:2407.15831, section 3.2) in the form of sentence-transformers 6.2,
/// which holds for negative scores too: a margin of 0.05 is "95 % of the positive". s⁺ is the lowest, highest or mean score of the query's positives.
/// Where the retriever knows no positive of the query there is nothing to compare with and every candidate passes; the report counts such
/// queries. Where s⁺ is 0 (the lowest positive shares no word with the query) only candidates with a score of 0 or less pass.
public struct RelativeMarginFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.relativeMargin.rawValue }
    /// A score says what is likely.
    public var isGuess: Bool { true }
    /// The margin as a share of the positive's score.
    public let margin: Double
    /// The positives' score that stands for s⁺.
    public let reference: PositiveReference

    /// A filter with a margin of 0 or more.
    public init(margin: Double, against reference: PositiveReference = .lowest) {
        self.margin = margin
        self.reference = reference
    }

    /// Compares the candidate with s⁺.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
        guard let limit = limit(in: context) else { return nil }
        return candidate.score <= limit ? nil : .relativeMargin
    }

    /// The score and the highest one that passes.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) -> RejectionEvidence? {
        RejectionEvidence(value: candidate.score, limit: limit(in: context))
    }

    private func limit(in context: MiningContext) -> Double? {
        context.positiveScore(reference).map { $0 - $0.magnitude * margin }
    }
}
