import RetrievalData

/// One query that shows what changed: where its relevant document stood before and after, and what stood in its way.
public struct RankingExample: Sendable, Hashable, Codable {
    /// The query.
    public var queryID: QueryID
    /// What was asked.
    public var query: String
    /// The title or first words of the relevant document.
    public var relevantTitle: String
    /// The rank of the best relevant document before, from 1; nil where it was not found.
    public var rankBefore: Int?
    /// The rank of the best relevant document after, from 1; nil where it was not found.
    public var rankAfter: Int?
    /// The title or first words of the irrelevant document that stood first before, such as one of the wrong sense.
    public var wrongTitle: String?
    /// Where that document stood after, from 1; nil where it was no longer found.
    public var wrongRankAfter: Int?

    /// An example from its parts.
    public init(
        queryID: QueryID, query: String, relevantTitle: String, rankBefore: Int?, rankAfter: Int?,
        wrongTitle: String? = nil, wrongRankAfter: Int? = nil
    ) {
        self.queryID = queryID
        self.query = query
        self.relevantTitle = relevantTitle
        self.rankBefore = rankBefore
        self.rankAfter = rankAfter
        self.wrongTitle = wrongTitle
        self.wrongRankAfter = wrongRankAfter
    }
}
