import Decoy

/// Ranks by vectors, but only documents that an index holds: one that was deleted from the index does not come back as a hit of a hybrid.
struct IndexedDocumentsRetriever: Retriever {
    let dense: DenseRetriever
    /// The documents that have a vector and are not in the index.
    let absent: Set<DocumentID>

    /// A retriever of vectors beside an index; throws `UsageProblem` where they have no document in common.
    init(_ dense: DenseRetriever, at path: String, beside reader: IndexReader) throws {
        self.dense = dense
        absent = Set(try dense.index.documentIDs.filter { try !reader.contains($0) })
        if absent.count == dense.index.count, !absent.isEmpty {
            throw UsageProblem(
                "\(path): holds vectors of other documents than \(reader.path); encode the corpus of the index")
        }
    }

    var name: String { dense.name }

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        if absent.isEmpty { return try dense.retrieve(queries, k: k, each: each) }
        // Of so many, at least k are left, or all there are.
        let enough = min(k, dense.index.count) + absent.count
        try dense.retrieve(queries, k: enough) { ranking in
            let kept = ranking.documents.filter { !absent.contains($0.id) }.prefix(max(0, k))
            try each(Ranking(queryID: ranking.queryID, documents: Array(kept)))
        }
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        zip(documents, try dense.scores(of: documents, for: query)).map { absent.contains($0) ? nil : $1 }
    }
}
