/// Rejects a candidate whose contents equal those of a better candidate that passed all filters.
public struct DuplicateOfNegativeFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.duplicateOfNegative.rawValue }

    /// The filter.
    public init() {}

    /// Compares the candidate's text with the survivors'.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        try context.survivorWithContents(of: candidate) != nil ? .duplicateOfNegative : nil
    }

    /// The better candidate.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence? {
        try context.survivorWithContents(of: candidate).map { RejectionEvidence(document: $0) }
    }
}
