import NumericKernels
import RetrievalData

/// How stored vectors are searched.
public enum VectorSearchMethod: Sendable, Hashable {
    /// All vectors are looked at.
    case exact
    /// Along the graph, where there is one, with so many vectors in sight: the larger of k and 200 where nothing is said.
    case graph(breadth: Int? = nil)
}

extension FlatVectorIndex {
    /// How many vectors are in sight where nothing is said.
    static let leastBreadth = 200

    /// Whether there is a graph for approximate search.
    public var hasGraph: Bool { graph != nil }

    /// The best `k` documents for each query vector, in the total order, of all or of those that the graph leads to.
    ///
    /// A document's score has the same bits either way. Without a graph the search is exact.
    public func search(_ queries: [[Float]], k: Int, threads: Int = 1, method: VectorSearchMethod) -> [[ScoredDocument]]
    {
        precondition(queries.allSatisfy { $0.count == dimension }, "a query vector has another length than the index")
        guard !queries.isEmpty else { return [] }
        let matrix = Matrix(columns: dimension, values: queries.flatMap { $0 })
        return search(matrix, k: k, threads: threads, method: method)
    }

    package func search(_ queries: Matrix, k: Int, threads: Int, method: VectorSearchMethod) -> [[ScoredDocument]] {
        guard case .graph(let breadth) = method, let graph else { return search(queries, k: k, threads: threads) }
        let ids = ids
        let k = min(max(k, 0), count)
        let hits = graph.search(
            queries.window, in: rows, k: k, breadth: breadth ?? Self.leastBreadth, threads: threads
        ) { ids.precedes($1, $0) }
        return hits.map { $0.map { ScoredDocument(id: ids[$0.row], score: Double($0.score)) } }
    }
}
