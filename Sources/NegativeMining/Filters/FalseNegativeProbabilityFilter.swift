/// Rejects a candidate that is too likely an unlabelled positive; the miner's estimator says how likely.
///
/// A candidate without an estimate passes.
public struct FalseNegativeProbabilityFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.falseNegativeProbability.rawValue }
    /// A probability says what is likely.
    public var isGuess: Bool { true }
    /// The highest probability that passes.
    public let limit: Double

    /// A filter with its limit.
    public init(limit: Double) { self.limit = limit }

    /// Compares the candidate's probability with the limit.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
        guard let probability = candidate.falseNegativeProbability else { return nil }
        return probability > limit ? .falseNegativeProbability : nil
    }

    /// The probability and the limit.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) -> RejectionEvidence? {
        RejectionEvidence(value: candidate.falseNegativeProbability, limit: limit)
    }
}

extension RejectionReason {
    /// It is too likely an unlabelled positive.
    public static let falseNegativeProbability = RejectionReason(rawValue: "falseNegativeProbability")
}
