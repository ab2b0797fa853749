/// Rejects a candidate that has most of its shingles in common with a better candidate that passed all filters, or with a negative of
/// another source.
struct NearDuplicateOfNegativeFilter: FalseNegativeFilter {
    var name: String { RejectionReason.nearDuplicateOfNegative.rawValue }
    let index: SimilarityIndex
    /// The Jaccard similarity from which two documents are near duplicates.
    let threshold: Double

    /// Compares the candidate's text with the survivors'.
    func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        let repeats =
            try context.taken.contains {
                try index.isNear(candidate, $0, index.signature(of: $0), threshold: threshold)
            }
            || context.survivors.contains {
                try index.isNear(candidate, $0.document, $0.signature, threshold: threshold)
            }
        return repeats ? .nearDuplicateOfNegative : nil
    }

    /// The nearest of them and the similarity.
    func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence? {
        let documents = context.taken + context.survivors.map(\.document)
        return try index.nearest(to: candidate, among: documents, threshold: threshold)
    }
}
