/// Keeps a candidate only if s + margin ≤ s⁺.
///
/// The TopK-MarginPos rule of NV-Retriever (Moreira et al. 2024, arXiv:2407.15831, section 3.2) in the form of sentence-transformers
/// 6.2. s⁺ and positives that the retriever doesn't know are as in `RelativeMarginFilter`.
public struct AbsoluteMarginFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.absoluteMargin.rawValue }
    /// A score says what is likely.
    public var isGuess: Bool { true }
    /// The margin in units of the score.
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
        guard let positive = context.positiveScore(reference) else { return nil }
        return candidate.score + margin <= positive ? nil : .absoluteMargin
    }

    /// The score and the highest one that passes.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) -> RejectionEvidence? {
        RejectionEvidence(value: candidate.score, limit: context.positiveScore(reference).map { $0 - margin })
    }
}
