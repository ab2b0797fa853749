import DurableStorage
import NumericKernels
import RetrievalData

/// Ranks documents by the cosine of their vectors with the query's: a model's query encoder over the vectors its document encoder made.
///
/// Query vectors are cut as the index's were. A query without known tokens has no direction and finds no documents.
public struct DenseRetriever: Retriever {
    /// The name that stands in run tags and reports.
    public let name: String
    /// The vectors that are searched.
    public let index: FlatVectorIndex
    private let encoder: TextEncoder
    let threads: Int
    let method: VectorSearchMethod
    private static let queriesAtOnce = 256

    /// A retriever that goes along the index's graph, if it has one, unless all vectors are to be looked at.
    ///
    /// Throws `StorageError.incompatible` where another model made the vectors.
    public init(
        model: DualEncoder, index: FlatVectorIndex, name: String = "dense", threads: Int = 1,
        method: VectorSearchMethod = .graph()
    ) throws {
        guard index.record.model == model.identity() else {
            throw StorageError.incompatible(
                file: name, reason: "the vectors were made by another model",
                remedy: "encode the corpus with this model")
        }
        guard index.dimension <= model.dimension else {
            throw StorageError.incompatible(
                file: name, reason: "the vectors have \(index.dimension) dimensions and the model \(model.dimension)",
                remedy: "encode the corpus with this model")
        }
        self.name = name
        self.index = index
        self.threads = max(1, threads)
        self.method = method
        encoder = model.queryEncoder
    }

    /// Answers each query with its best `k` documents in the total order.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        var start = 0
        while start < queries.count {
            let part = queries[start..<min(start + Self.queriesAtOnce, queries.count)]
            let vectors = encoder.encodeRows(part.map(\.text), as: .query, dimension: index.dimension, threads: threads)
            let asked = vectors.rowsNotZero
            var answers = [[ScoredDocument]](repeating: [], count: part.count)
            let found = index.search(vectors.selecting(asked), k: k, threads: threads, method: method)
            for (row, documents) in zip(asked, found) {
                answers[row] = documents
            }
            for (query, documents) in zip(part, answers) {
                try each(Ranking(queryID: query.id, documents: documents))
            }
            start += part.count
        }
    }

    /// The cosines of documents with a query, 0 where it has no known token; nil for a document that has no vector.
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        let vector = encoder.encodeRows([query.text], as: .query, dimension: index.dimension, threads: 1)
        return index.scores(of: documents, for: vector.window)
    }
}
