import RetrievalData

/// Searches twice: the terms of the first documents found expand the query, which is then asked again (pseudo-relevance feedback).
///
/// The expanded query's weights sum up to 1, so that scores are not those of the query as it was asked. Feedback documents of a restricted
/// searcher are permitted ones; phrases hold for them and for the hits. Answers do not depend on threads. The terms are those of the feedback documents' stored text.
public struct FeedbackRetriever: Retriever {
    /// The name in run tags and reports; `rm3` unless changed.
    public var name = "rm3"
    /// What is searched, and how.
    public let searcher: Searcher
    /// What finds the feedback documents.
    public let feedback: Searcher
    /// How queries are expanded.
    public let model: RM3

    /// A retriever over a searcher; throws `SearchError.textNotStored` where the index does not store text.
    ///
    /// `feedback` finds the feedback documents, if it is another searcher of the same index, such as a restricted one.
    public init(_ searcher: Searcher, model: RM3 = RM3(), feedback: Searcher? = nil) throws {
        try model.validate()
        self.feedback = feedback ?? searcher
        guard searcher.reader.summary.storesText else { throw SearchError.textNotStored(index: searcher.reader.path) }
        self.searcher = searcher
        self.model = model
    }

    /// The terms that are searched for a text, with their weights, which sum up to 1.
    public func expand(_ text: String) throws -> WeightedQuery {
        try searcher.withSession { try expand(text, $0) }
    }

    /// The best `k` documents for the expanded query of a text.
    public func search(_ text: String, k: Int) throws -> [ScoredDocument] {
        try searcher.withSession { try search(text, k: k, $0) }
    }

    /// Answers each query with the best `k` documents for its expansion, on all threads of the searcher, in the order of the queries.
    public func retrieve(_ queries: [Query], k: Int, each: (Ranking) throws -> Void) throws {
        try searcher.retrieve(queries, k: k, each: each) { try search($0, k: k, $1) }
    }

    /// The scores that `retrieve` would give documents.
    public func scores(of documents: [DocumentID], for query: Query) throws -> [Double?] {
        try searcher.scores(of: documents, for: expand(query.text), phrasesOf: query.text)
    }

    private func search(_ text: String, k: Int, _ session: SearchSession) throws -> [ScoredDocument] {
        try searcher.search(expand(text, session), phrasesOf: text, k: k, session)
    }

    private func expand(_ text: String, _ session: SearchSession) throws -> WeightedQuery {
        var terms: [(term: String, weight: Double)] = []
        let plain = feedback.plainText(of: text)
        session.analyzer.forEachTerm(in: plain) { term, _ in terms.append((String(decoding: term, as: UTF8.self), 1)) }
        let query = WeightedQuery(terms).normalized
        var relevance = RelevanceModel()
        for hit in try feedback.search(text, k: model.documents, session) {
            guard let document = try feedback.reader.document(hit.id) else { continue }
            relevance.add(try frequencies(of: document, session), score: hit.score)
        }
        let expansion = relevance.query(terms: model.terms)
        return expansion.terms.isEmpty ? query : query.interpolated(with: expansion, weight: model.weight)
    }

    /// How often each term of a document occurs in it, of those that may be taken.
    private func frequencies(of document: Document, _ session: SearchSession) throws -> [[UInt8]: Int] {
        var frequencies: [[UInt8]: Int] = [:]
        session.analyzer.forEachTerm(in: document.contents) { term, _ in frequencies[Array(term), default: 0] += 1 }
        return try frequencies.filter { term, _ in
            let term = String(decoding: term, as: UTF8.self)
            guard RM3.lengths.contains(term.unicodeScalars.count) else { return false }
            let holders = try feedback.statistics.documentFrequency(of: term)
            return RM3.rarity * holders <= feedback.statistics.documentCount
        }
    }
}
