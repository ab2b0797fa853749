import RetrievalData

/// A document that is relevant to a query, with the score of the retriever that mines.
public struct MinedPositive: Sendable, Hashable, Codable {
    /// The document.
    public var document: DocumentID
    /// The retriever's score for it; nil where the retriever doesn't know the document.
    public var score: Double?

    /// A positive from its parts.
    public init(document: DocumentID, score: Double?) {
        self.document = document
        self.score = score
    }
}
