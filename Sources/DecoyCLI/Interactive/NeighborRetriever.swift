import Decoy

/// A retriever that finds the documents nearest to one of its own.
protocol NeighborRetriever: Sendable {
    /// The best `k` other documents; nil where the retriever does not know the document.
    func neighbors(of id: DocumentID, k: Int) throws -> [ScoredDocument]?
}

extension Searcher: NeighborRetriever {}

extension DenseRetriever: NeighborRetriever {}

extension IndexedDocumentsRetriever: NeighborRetriever {
    func neighbors(of id: DocumentID, k: Int) throws -> [ScoredDocument]? {
        let enough = min(k, dense.index.count) + absent.count
        return dense.neighbors(of: id, k: enough).map { Array($0.filter { !absent.contains($0.id) }.prefix(k)) }
    }
}
