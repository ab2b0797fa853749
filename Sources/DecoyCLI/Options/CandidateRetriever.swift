import Decoy

/// Ranks documents by one retriever and scores them by another: candidates from among those that a filter permits, positives wherever they are.
struct CandidateRetriever: Retriever {
    let candidates: any Retriever
    let scorer: any Retriever

    var name: String { candidates.name }

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try candidates.retrieve(queries, k: k, each: each)
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        try scorer.scores(of: documents, for: query)
    }
}

extension RetrieverOptions.Opened {
    /// The retriever that mining works with.
    var candidates: any Retriever {
        unrestricted.map { CandidateRetriever(candidates: retriever, scorer: $0) } ?? retriever
    }
}
