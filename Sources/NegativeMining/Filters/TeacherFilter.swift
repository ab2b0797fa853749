import RetrievalData

/// Keeps a candidate only if a second retriever scores it t with t + margin ≤ t⁺, t⁺ being its score of the lowest positive.
///
/// The teacher may be a dense or hybrid retriever, a cross-encoder or a run of its scores. As in RocketQA's denoised negatives (Qu et al. 2021,
/// arXiv:2010.08191, section 4.2), with the positives in place of a fixed limit. Candidates that the teacher doesn't know pass, and so do
/// all candidates of a query of which it knows no positive.
public struct TeacherFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.teacher.rawValue }
    /// A score says what is likely.
    public var isGuess: Bool { true }
    /// Scores candidates and positives.
    public let teacher: any Retriever
    /// The margin in units of the teacher's score.
    public let margin: Double
    /// The positives' score that stands for t⁺.
    public let reference: PositiveReference
    /// Whether candidates are scored one by one, and only those that the filters before let pass.
    ///
    /// For teachers whose scores are dear; such a teacher should keep them (`CachedRetriever`), as it is asked for the positives each time.
    public let scoresOnDemand: Bool

    /// A filter with a margin of 0 or more.
    public init(
        teacher: any Retriever, margin: Double = 0, against reference: PositiveReference = .lowest,
        scoresOnDemand: Bool = false
    ) {
        self.teacher = teacher
        self.margin = margin
        self.reference = reference
        self.scoresOnDemand = scoresOnDemand
    }

    /// Scores the positives and all candidates at once, unless candidates are scored on demand.
    public func prepared(
        for candidates: [DocumentID], in context: MiningContext
    ) throws -> any FalseNegativeFilter {
        scoresOnDemand ? self : try scored(candidates, in: context)
    }

    private func scored(_ candidates: [DocumentID], in context: MiningContext) throws -> TeacherScores {
        let positives = context.positives.map(\.document)
        let scores = try teacher.scores(of: positives + candidates, for: context.query)
        let positive = reference.score(of: scores.prefix(positives.count).compactMap { $0 })
        guard let positive else { return TeacherScores(rejected: [:], limit: 0) }
        var rejected: [DocumentID: Double] = [:]
        for (candidate, score) in zip(candidates, scores.dropFirst(positives.count)) {
            if let score, score + margin > positive { rejected[candidate] = score }
        }
        return TeacherScores(rejected: rejected, limit: positive - margin)
    }

    /// Scores the candidate alone.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        try scored([candidate.document], in: context).rejection(of: candidate, in: context)
    }

    /// The teacher's score and the highest one that passes.
    public func evidence(against candidate: MiningCandidate, in context: MiningContext) throws -> RejectionEvidence? {
        try scored([candidate.document], in: context).evidence(against: candidate, in: context)
    }
}

/// The candidates of one query that the teacher rejects, with its scores and the highest one that passes.
private struct TeacherScores: FalseNegativeFilter {
    let rejected: [DocumentID: Double]
    let limit: Double
    var name: String { RejectionReason.teacher.rawValue }
    var isGuess: Bool { true }

    func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
        rejected[candidate.document] == nil ? nil : .teacher
    }

    func evidence(against candidate: MiningCandidate, in context: MiningContext) -> RejectionEvidence? {
        RejectionEvidence(value: rejected[candidate.document], limit: limit)
    }
}
