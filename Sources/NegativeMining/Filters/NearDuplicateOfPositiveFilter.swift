/// Rejects a candidate that has most of its shingles in common with one of the query's positives.
struct NearDuplicateOfPositiveFilter: FalseNegativeFilter {
    var name: String { RejectionReason.nearDuplicateOfPositive.rawValue }
    let index: SimilarityIndex
    /// The Jaccard similarity from which two documents are near duplicates.
    let threshold: Double

    /// Compares the candidate's text with the positives'.
    func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        let isNear = try context.positives.contains {
            try index.isNear(candidate, $0.document, index.signature(of: $0.document), threshold: threshold)
        }
        return isNear ? .nearDuplicateOfPositive : nil
    }

    /// The nearest positive and the similarity.
    func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence? {
        try index.nearest(to: candidate, among: context.positives.map(\.document), threshold: threshold)
    }
}
