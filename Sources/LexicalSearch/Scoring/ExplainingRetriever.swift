import RetrievalData

/// A retriever that can say how the score of a document comes about.
public protocol ExplainingRetriever: Retriever {
    /// One explanation a document, in their order; documents that the index does not have are left out.
    func explanations(of documents: [DocumentID], for text: String) throws -> [ScoreExplanation]
}

extension Searcher: ExplainingRetriever {
    /// Explains each document by the terms of the text.
    public func explanations(of documents: [DocumentID], for text: String) throws -> [ScoreExplanation] {
        try documents.compactMap { try explain(text, document: $0) }
    }
}

extension FeedbackRetriever: ExplainingRetriever {
    /// Explains each document by the terms of the expanded query.
    public func explanations(of documents: [DocumentID], for text: String) throws -> [ScoreExplanation] {
        let expanded = try expand(text)
        return try documents.compactMap { try searcher.explain(expanded, document: $0) }
    }
}

extension ProximityRetriever: ExplainingRetriever {
    /// Explains each document by the terms of the text and their nearness.
    public func explanations(of documents: [DocumentID], for text: String) throws -> [ScoreExplanation] {
        try explain(text, documents: documents).compactMap { $0 }
    }
}
