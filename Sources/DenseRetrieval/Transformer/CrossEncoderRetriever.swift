import RetrievalData

/// Scores documents for queries by a cross-encoder that reads their texts.
public struct CrossEncoderRetriever: Retriever {
    /// The name that stands in run tags and reports.
    public let name: String
    private let encoder: CrossEncoder
    private let documents: any DocumentStore
    private let threads: Int
    private static let documentsAtOnce = 1024

    /// A retriever over the texts of a store.
    public init(
        encoder: CrossEncoder, documents: any DocumentStore, name: String = "cross-encoder", threads: Int = 1
    ) {
        self.encoder = encoder
        self.documents = documents
        self.name = name
        self.threads = max(1, threads)
    }

    /// Answers each query with its best `k` documents in the total order.
    ///
    /// Reads every document with every query: for small collections only.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        let ids = try documents.documentIDs()
        for query in queries {
            let found = zip(ids, try scores(of: ids, for: query)).compactMap { id, score in
                score.map { ScoredDocument(id: id, score: $0) }
            }
            let ranking = Ranking(queryID: query.id, sorting: found)
            try each(Ranking(queryID: query.id, documents: Array(ranking.documents.prefix(max(k, 0)))))
        }
    }

    /// The scores of documents with a query; nil for a document that the store does not have.
    public func scores(of ids: [DocumentID], for query: Query) throws -> [Double?] {
        var scores = [Double?](repeating: nil, count: ids.count)
        var start = 0
        while start < ids.count {
            let end = min(start + Self.documentsAtOnce, ids.count)
            let texts = try (start..<end).compactMap { place in
                try documents.document(ids[place]).map { (place: place, text: $0.contents) }
            }
            let found = encoder.scores(of: texts.map(\.text), for: query.text, threads: threads)
            for (text, score) in zip(texts, found) { scores[text.place] = score }
            start = end
        }
        return scores
    }
}
