import RetrievalData

/// One question to a person: whether a candidate answers the query.
public struct ReviewItem: Sendable, Hashable {
    /// The query.
    public var query: Query
    /// Documents that are known to answer it.
    public var positives: [Document]
    /// The suspected negative.
    public var candidate: Document
    /// The score that mining gave the candidate; nil where it is not known.
    public var score: Double?
    /// The candidate's rank from 0, positives left out; nil where it is not known.
    public var rank: Int?
    /// How likely the candidate is an unlabelled positive; nil where it was not estimated.
    public var falseNegativeProbability: Double?
    /// The positives' score that the candidate's is compared with; nil where it is not known.
    public var positiveScore: Double?

    /// What identifies the question.
    public var id: QuestionID { QuestionID(query: query.id, document: candidate.id) }

    /// An item from its parts.
    public init(
        query: Query, positives: [Document], candidate: Document, score: Double? = nil, rank: Int? = nil,
        falseNegativeProbability: Double? = nil, positiveScore: Double? = nil
    ) {
        self.query = query
        self.positives = positives
        self.candidate = candidate
        self.score = score
        self.rank = rank
        self.falseNegativeProbability = falseNegativeProbability
        self.positiveScore = positiveScore
    }
}
