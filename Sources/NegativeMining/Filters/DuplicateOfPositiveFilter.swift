/// Rejects a candidate whose contents equal those of one of the query's positives: it is as relevant as they are.
public struct DuplicateOfPositiveFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.duplicateOfPositive.rawValue }

    /// The filter.
    public init() {}

    /// Compares the candidate's text with the positives'.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        try context.positiveWithContents(of: candidate) != nil ? .duplicateOfPositive : nil
    }

    /// The positive.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence? {
        try context.positiveWithContents(of: candidate).map { RejectionEvidence(document: $0) }
    }
}
