import DecoyTestSupport
import RetrievalData

/// A retriever and document store that hold a score for each query and document.
struct FakeRetriever: Retriever, DocumentStore {
    let name = "fake"
    /// The documents the retriever ranks, by query.
    var ranked: [QueryID: [ScoredDocument]] = [:]
    var documents: [DocumentID: Document] = [:]

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        for query in queries {
            let sorted = Ranking(queryID: query.id, sorting: ranked[query.id] ?? [])
            try each(Ranking(queryID: query.id, documents: Array(sorted.documents.prefix(k))))
        }
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        documents.map { id in ranked[query.id]?.first { $0.id == id }?.score }
    }

    func document(_ id: DocumentID) throws -> Document? { documents[id] }

    func documentIDs() throws -> [DocumentID] { documents.keys.sorted().reversed() }
}

extension FakeRetriever {
    /// Random scores with ties, texts that repeat, positives that the retriever or the store may not know.
    static func random(seed: UInt64) -> (retriever: FakeRetriever, queries: [Query], qrels: Qrels) {
        var random = SeededGenerator(seed: seed)
        var fake = FakeRetriever()
        let ids = (0..<40).map { "d\($0)" }
        for id in ids where Int.random(in: 0..<20, using: &random) > 0 {
            fake.documents[id] = Document(id: id, text: "text \(Int.random(in: 0..<25, using: &random))")
        }
        var qrels = Qrels()
        // Three queries are documents.
        let queries = (0..<12).map { Query(id: $0 % 4 == 3 ? "d\($0)" : "q\($0)", text: "query \($0)") }
        for query in queries {
            let known = ids.filter { _ in Int.random(in: 0..<10, using: &random) > 1 }
            fake.ranked[query.id] = known.map {
                ScoredDocument(id: $0, score: Double(Int.random(in: -4...20, using: &random)) / 2)
            }
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                let document = ids[Int.random(in: 0..<ids.count, using: &random)]
                qrels.judge(query: query.id, document: document, grade: Int.random(in: 0...2, using: &random))
            }
        }
        return (fake, queries, qrels)
    }
}
