import RetrievalData

/// Decides of one candidate whether it may be a negative of a query; filters are asked in turn and the first rejection counts.
///
/// A filter looks at the candidate and the context alone, never at other queries, so that the order of queries doesn't matter.
public protocol FalseNegativeFilter: Sendable {
    /// The name that stands in reports.
    var name: String { get }

    /// Whether the filter guesses from numbers that a candidate is relevant: a person who judged it wrong knows better.
    var isGuess: Bool { get }

    /// Why the candidate is no negative; nil where it may be one.
    func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason?

    /// The filter for the candidates of one query, before any of them is judged: for filters that look at many of them at once.
    func prepared(for candidates: [DocumentID], in context: MiningContext) throws -> any FalseNegativeFilter

    /// What the rejection of a candidate rests on; asked only of candidates that the filter rejected.
    func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence?

    /// Whether people judged the candidate wrong for the query, so that guesses don't count; asked only where one rejects it.
    func isJudgedWrong(_ candidate: MiningCandidate, in context: MiningContext) throws -> Bool
}

extension FalseNegativeFilter {
    /// The filter itself.
    public func prepared(for candidates: [DocumentID], in context: MiningContext) throws -> any FalseNegativeFilter {
        self
    }

    /// None.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence? {
        nil
    }

    /// No: the filter knows what it says.
    public var isGuess: Bool { false }

    /// No.
    public func isJudgedWrong(_ candidate: MiningCandidate, in context: MiningContext) throws -> Bool { false }
}
