import RetrievalData

/// Rejects a candidate that has most of its shingles in common with one of the query's positives.
public struct NearDuplicateOfPositiveFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.nearDuplicateOfPositive.rawValue }
    /// The Jaccard similarity from which two documents are near duplicates.
    public let threshold: Double
    private let index: SimilarityIndex

    /// A filter over a store.
    public init(documents: any DocumentStore, shingling: Shingling, threshold: Double) {
        self.init(index: SimilarityIndex(documents: documents, shingling: shingling), threshold: threshold)
    }

    init(index: SimilarityIndex, threshold: Double) {
        self.index = index
        self.threshold = threshold
    }

    /// Compares the candidate's text with the positives'.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        let isNear = try context.positives.contains {
            try index.areNear(candidate.document, $0.document, threshold: threshold)
        }
        return isNear ? .nearDuplicateOfPositive : nil
    }
}
