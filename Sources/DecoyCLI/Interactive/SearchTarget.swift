import Decoy

/// An index, vectors or both, opened once for many questions.
struct SearchTarget {
    /// What is asked.
    enum Question: Equatable {
        case text(String)
        /// The documents nearest to one.
        case neighbors(of: DocumentID)
    }

    let opened: RetrieverOptions.Opened
    /// How hits are written.
    let writer: HitWriter
    /// Why quotes make no phrases; nil where they do.
    let phraseProblem: String?
    /// Whether every answer is explained.
    let explains: Bool

    /// The best `k` documents in the total order.
    func hits(for question: Question, k: Int) throws -> [ScoredDocument] {
        switch question {
        case .text(let text):
            var hits: [ScoredDocument] = []
            try opened.retriever.retrieve([Query(id: "1", text: words(of: text))], k: k) { hits = $0.documents }
            return hits
        case .neighbors(let id):
            guard let retriever = (opened.dense ?? opened.retriever) as? any NeighborRetriever ?? searcher else {
                throw UsageProblem("neighbors need a lexical index or vectors")
            }
            guard let hits = try retriever.neighbors(of: id, k: k) else {
                throw UsageProblem("\(id) has no vector and no text by which its neighbors could be found")
            }
            return hits
        }
    }

    /// The hits as `search` prints them, counted from a rank on, with explanations where they are asked for.
    func text(of hits: [ScoredDocument], from rank: Int, for question: Question, explained: Bool = false) throws
        -> String
    {
        var writer = writer
        writer.firstRank = rank
        writer.explaining = explained || (explains && canExplain(question)) ? try explaining(question) : nil
        var query = ""
        if case .text(let text) = question {
            query = words(of: text)
        } else {
            writer.highlighting = nil
        }
        let text = try writer.text(of: Ranking(queryID: "1", documents: hits), query: query)
        guard explained, let dense = opened.dense, case .text(let asked) = question else { return text }
        return text + (try vectorScores(of: hits, from: rank, by: dense, words(of: asked)))
    }

    /// The whole document, its query's words marked.
    func document(_ id: DocumentID, for question: Question) throws -> String {
        guard let documents = opened.storedDocuments else {
            throw UsageProblem("the text of the documents is not at hand: it takes a lexical index with stored text")
        }
        guard let document = try documents.document(id) else { throw UsageProblem("\(id): no such document any more") }
        if case .text(let text) = question { return try writer.text(of: document, query: words(of: text)) }
        return try writer.text(of: document, query: nil)
    }

    /// The searcher of the lexical side.
    private var searcher: Searcher? { opened.documents as? Searcher }

    private func words(of text: String) -> String { phraseProblem == nil ? text : PhraseQuery(parsing: text).text }

    private func canExplain(_ question: Question) -> Bool { (try? explaining(question)) != nil }

    private func explaining(_ question: Question) throws -> any ExplainingRetriever {
        switch question {
        case .text:
            if let retriever = (opened.lexical ?? opened.retriever) as? any ExplainingRetriever { return retriever }
        case .neighbors(let id):
            if opened.dense == nil, let searcher { return NeighborExplanations(searcher: searcher, document: id) }
        }
        throw UsageProblem(
            "the score is the cosine of two vectors, which has no parts; terms are explained where a lexical index ranks"
        )
    }

    /// One line a hit: the cosine that a hybrid joins with the score above.
    private func vectorScores(
        of hits: [ScoredDocument], from rank: Int, by dense: any Retriever, _ text: String
    ) throws -> String {
        let scores = try dense.scores(of: hits.map(\.id), for: Query(id: "1", text: text))
        return "the terms make up the score of BM25; the vectors' cosines beside it:\n"
            + zip(hits, scores).enumerated().map { place, pair in
                writer.line(rank: rank + place, score: pair.1, id: pair.0.id)
            }.joined()
    }
}

/// Explains the scores of a document's neighbors by its terms.
private struct NeighborExplanations: ExplainingRetriever {
    let searcher: Searcher
    let document: DocumentID

    var name: String { searcher.name }

    func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try searcher.retrieve(queries, k: k, each: each)
    }

    func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        try searcher.scores(of: documents, for: query)
    }

    func explanations(of documents: [DocumentID], for text: String) throws -> [ScoreExplanation] {
        guard let stored = try searcher.document(document) else { return [] }
        let query = try searcher.query(like: stored)
        return try documents.compactMap { try searcher.explain(query, document: $0) }
    }
}
