/// Keeps a candidate only if its score is not below a limit, so that negatives stay hard.
public struct MinimumScoreFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.minScore.rawValue }
    /// The lowest score that passes.
    public let limit: Double

    /// A filter with its limit.
    public init(limit: Double) { self.limit = limit }

    /// Compares the candidate's score with the limit.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
        candidate.score < limit ? .minScore : nil
    }

    /// The score and the limit.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) -> RejectionEvidence? {
        RejectionEvidence(value: candidate.score, limit: limit)
    }
}
