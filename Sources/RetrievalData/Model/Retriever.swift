/// Anything that ranks documents for queries: a lexical index, a vector index, a hybrid of both, or a run file.
///
/// Mining and evaluation know retrievers only through this protocol.
public protocol Retriever: Sendable {
    /// The name that stands in run tags and reports.
    var name: String { get }

    /// Answers each query with its best `k` documents in the total order.
    ///
    /// `each` is called once a query, in the order of `queries`, on the calling thread, as soon as that answer is there; the answers are
    /// not held. Same queries and k give the same answers whatever the number of threads.
    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws

    /// The scores that `retrieve` would give these documents for a query; nil for a document the retriever does not know.
    ///
    /// A document that matches nothing has the score it would be ranked with (0 for a lexical index).
    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?]
}

extension Retriever {
    /// Answers all queries and holds the answers.
    public func run(_ queries: [Query], k: Int) throws -> Run {
        var run = Run(name: name)
        try retrieve(queries, k: k) { run.rankings.append($0) }
        return run
    }
}

/// Gives the stored text of a document by id.
public protocol DocumentStore: Sendable {
    /// The document, or nil where the store has none of that id.
    func document(_ id: DocumentID) throws -> Document?

    /// All ids in the store's own order.
    func documentIDs() throws -> [DocumentID]
}
