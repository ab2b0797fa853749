import RetrievalData

/// One query that won or lost, with the documents at the top before and after.
public struct QueryCase: Sendable, Hashable, Codable {
    /// The query.
    public var queryID: QueryID
    /// What was asked.
    public var query: String
    /// The value of the first measure before and after (seed 1).
    public var valueBefore: Double
    /// The value of the first measure after.
    public var valueAfter: Double
    /// The first documents before, best first.
    public var before: [CaseDocument]
    /// The first documents after, best first.
    public var after: [CaseDocument]
    /// The best relevant document.
    public var relevant: CaseDocument
    /// The rank of the best relevant document before, from 1; nil where it was not found.
    public var rankBefore: Int?
    /// The rank of the best relevant document after, from 1; nil where it was not found.
    public var rankAfter: Int?
    /// The document that stood wrongly first: before where the query won, after where it lost; nil where a relevant one did.
    public var wrong: CaseDocument?

    /// A case from its parts.
    public init(
        queryID: QueryID, query: String, valueBefore: Double, valueAfter: Double, before: [CaseDocument],
        after: [CaseDocument], relevant: CaseDocument, rankBefore: Int?, rankAfter: Int?, wrong: CaseDocument?
    ) {
        self.queryID = queryID
        self.query = query
        self.valueBefore = valueBefore
        self.valueAfter = valueAfter
        self.before = before
        self.after = after
        self.relevant = relevant
        self.rankBefore = rankBefore
        self.rankAfter = rankAfter
        self.wrong = wrong
    }
}

/// A document as a case shows it.
public struct CaseDocument: Sendable, Hashable, Codable {
    /// The document.
    public var id: DocumentID
    /// Its title, or its first words.
    public var title: String
    /// A stretch of its text, cut where words that stem like the query's begin and end.
    public var snippet: [SnippetPart]
    /// The grade of the judgements; nil where nobody judged it.
    public var grade: Int?

    /// Whether it is relevant: a grade of 1 or more.
    public var isRelevant: Bool { (grade ?? 0) > 0 }

    /// A document from its parts.
    public init(id: DocumentID, title: String, snippet: [SnippetPart], grade: Int?) {
        self.id = id
        self.title = title
        self.snippet = snippet
        self.grade = grade
    }
}

/// A piece of a snippet.
public struct SnippetPart: Sendable, Hashable, Codable {
    /// The text as it stands in the document.
    public var text: String
    /// Whether it is a word of the query.
    public var isQueryWord: Bool

    /// A piece of a snippet.
    public init(text: String, isQueryWord: Bool) {
        self.text = text
        self.isQueryWord = isQueryWord
    }
}
