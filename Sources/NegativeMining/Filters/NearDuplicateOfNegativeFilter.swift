import RetrievalData

/// Rejects a candidate that has most of its shingles in common with a better candidate that passed all filters, or with a negative of
/// another source.
public struct NearDuplicateOfNegativeFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.nearDuplicateOfNegative.rawValue }
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

    /// Compares the candidate's text with the survivors'.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        func isNear(_ document: DocumentID) throws -> Bool {
            try index.areNear(candidate.document, document, threshold: threshold)
        }
        let repeats =
            try context.taken.contains(where: isNear) || context.survivors.contains { try isNear($0.document) }
        return repeats ? .nearDuplicateOfNegative : nil
    }
}
