/// Keeps a candidate only if its score is not above a limit (TopK-Abs of NV-Retriever, arXiv:2407.15831, section 3.2).
public struct MaximumScoreFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.maxScore.rawValue }
    /// A score says what is likely.
    public var isGuess: Bool { true }
    /// The highest score that passes.
    public let limit: Double

    /// A filter with its limit.
    public init(limit: Double) { self.limit = limit }

    /// Compares the candidate's score with the limit.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
        candidate.score > limit ? .maxScore : nil
    }

    /// The score and the limit.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) -> RejectionEvidence? {
        RejectionEvidence(value: candidate.score, limit: limit)
    }
}
