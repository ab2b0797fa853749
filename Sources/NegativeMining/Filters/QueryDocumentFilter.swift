import RetrievalData

/// Rejects the document that the query was made of: one with the query's id, or whose text or contents are the query's text.
public struct QueryDocumentFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.queryIsDocument.rawValue }
    private let documents: any DocumentStore

    /// A filter over a store.
    public init(documents: any DocumentStore) { self.documents = documents }

    /// Compares the candidate with the query.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        if candidate.document == context.query.id { return .queryIsDocument }
        if candidate.contentHash == StableHash.fnv1a64(context.query.text) { return .queryIsDocument }
        return try documents.document(candidate.document)?.text == context.query.text ? .queryIsDocument : nil
    }
}
