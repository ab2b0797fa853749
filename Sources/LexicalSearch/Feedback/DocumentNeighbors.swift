import RetrievalData

/// The documents nearest to a document by its terms ("more like this").
extension Searcher {
    /// The terms that set a document apart, as a query: the `terms` of the highest tf · idf, each with the weight tf.
    ///
    /// idf is the similarity's. Terms that no other document holds find none and are left out; ties by ascending bytes. A search with it scores
    /// a document as for the query that holds these terms as often as the document does.
    public func query(like document: Document, terms: Int = 25) throws -> WeightedQuery {
        try withSession { try query(like: document, terms: terms, $0) }
    }

    /// The best `k` other documents for the terms that set a document apart; nil where the index does not hold the document.
    ///
    /// Throws `SearchError.textNotStored` where the index stores no text. Hits of a restricted searcher are permitted ones.
    public func neighbors(of id: DocumentID, k: Int) throws -> [ScoredDocument]? {
        guard let document = try reader.document(id) else { return nil }
        return try withSession { session in
            let query = try query(like: document, terms: 25, session)
            let found = try search(query, k: k < Int.max ? k + 1 : k, session)
            return Array(found.filter { $0.id != id }.prefix(max(0, k)))
        }
    }

    private func query(like document: Document, terms count: Int, _ session: SearchSession) throws -> WeightedQuery {
        var frequencies: [[UInt8]: Int] = [:]
        session.analyzer.forEachTerm(in: document.contents) { term, _ in frequencies[Array(term), default: 0] += 1 }
        var weighed: [(bytes: [UInt8], term: String, frequency: Int, weight: Double)] = []
        for (bytes, frequency) in frequencies {
            let term = String(decoding: bytes, as: UTF8.self)
            let holders = try statistics.documentFrequency(of: term)
            guard holders > 1 else { continue }
            let idf = similarity.inverseDocumentFrequency(
                documentFrequency: holders, documentCount: statistics.documentCount)
            weighed.append((bytes, term, frequency, Double(frequency) * idf))
        }
        let best = weighed.sorted { one, other in
            one.weight != other.weight
                ? one.weight > other.weight : one.bytes.lexicographicallyPrecedes(other.bytes)
        }.prefix(max(0, count))
        return WeightedQuery(best.map { ($0.term, Double($0.frequency)) })
    }
}
