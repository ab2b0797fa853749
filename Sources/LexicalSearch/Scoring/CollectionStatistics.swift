/// The numbers about a whole collection that scores depend on; an index has its own, shards share global ones.
public protocol CollectionStatistics: Sendable {
    /// The number of documents with at least one term.
    var documentCount: Int { get }

    /// The sum of the documents' lengths in terms.
    var totalLength: Int { get }

    /// The number of documents that hold a term; 0 for a term that is not there.
    func documentFrequency(of term: String) throws -> Int
}

extension CollectionStatistics {
    /// The average length of the documents with at least one term; 0 for an empty collection.
    public var averageLength: Double {
        documentCount > 0 ? Double(totalLength) / Double(documentCount) : 0
    }
}
