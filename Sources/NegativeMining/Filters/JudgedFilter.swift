import RetrievalData

/// Rejects a candidate that people judged relevant to the query, in judgements beside those that are trained on.
///
/// A grade of 0 or less says that they judged it wrong: filters that guess (the estimate, margins, the highest score, a teacher) no longer
/// count, those that know (positives, duplicates, the window, groups, answers) do. A grade between says nothing.
public struct JudgedFilter: FalseNegativeFilter {
    /// The name that stands in reports.
    public var name: String { RejectionReason.judgedRelevant.rawValue }
    /// The judgements.
    public let qrels: Qrels
    /// The lowest grade that rejects.
    public let minimumGrade: Int

    /// A filter of judgements.
    public init(qrels: Qrels, minimumGrade: Int = 1) {
        self.qrels = qrels
        self.minimumGrade = minimumGrade
    }

    /// Looks the candidate up.
    public func rejection(of candidate: MiningCandidate, in context: MiningContext) -> RejectionReason? {
        guard let grade = qrels[context.query.id][candidate.document] else { return nil }
        return grade >= minimumGrade ? .judgedRelevant : nil
    }

    /// Looks the candidate up.
    public func isJudgedWrong(_ candidate: MiningCandidate, in context: MiningContext) -> Bool {
        qrels.grade(query: context.query.id, document: candidate.document).map { $0 <= 0 && $0 < minimumGrade } ?? false
    }
}
