import RetrievalData

extension DenseRetriever {
    /// The best `k` other documents by the product of their vectors with a document's own, in the total order; nil where it has no vector.
    ///
    /// The vector is taken as it is kept, and searched as a query's is: along the graph, if there is one, unless all vectors are looked at.
    public func neighbors(of id: DocumentID, k: Int) -> [ScoredDocument]? {
        guard let vector = index.vector(of: id) else { return nil }
        let enough = min(max(k, 0), index.count) + 1
        let found = index.search([vector], k: enough, threads: threads, method: method)
        return Array((found.first ?? []).filter { $0.id != id }.prefix(max(k, 0)))
    }
}
