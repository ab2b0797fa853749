/// One training example: a query, one of its relevant documents, and documents that are not relevant to it.
public struct Triplet: Sendable, Hashable {
    /// The query.
    public var query: QueryID
    /// A relevant document.
    public var positive: DocumentID
    /// Documents that are not relevant, hardest first; may be empty.
    public var negatives: [DocumentID]
    /// A teacher's scores of the positive and then of each negative; nil where there are none.
    public var scores: [Double]?

    /// A training example from its parts.
    public init(query: QueryID, positive: DocumentID, negatives: [DocumentID] = [], scores: [Double]? = nil) {
        self.query = query
        self.positive = positive
        self.negatives = negatives
        self.scores = scores
    }
}
