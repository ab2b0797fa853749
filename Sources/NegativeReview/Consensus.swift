import RetrievalData

/// What all reviewers together say of each question.
///
/// A verdict counts where more than half of those who answered the question gave it. Questions without such a verdict, and those where it is
/// `unsure`, are left out of the judgements and counted.
public struct Consensus: Sendable, Hashable {
    /// The judgements: grade 1 for `relevant`, 0 for `wrong`; queries and documents in byte order.
    public private(set) var judged = Qrels()
    /// How many questions are `relevant`.
    public private(set) var relevant = 0
    /// How many are `wrong`.
    public private(set) var wrong = 0
    /// How many are `unsure`.
    public private(set) var unsure = 0
    /// How many have no verdict that more than half gave.
    public private(set) var disputed = 0

    /// The consensus of a log's answers, in its order.
    public init(of answers: [Answer]) {
        var reviewers: [String: ReviewerAnswers] = [:]
        for answer in answers {
            reviewers[answer.reviewer, default: ReviewerAnswers()].take(answer.question, answer.verdict)
        }
        var votes: [QuestionID: [Verdict: Int]] = [:]
        for reviewer in reviewers.values {
            for (question, verdict) in reviewer.verdicts { votes[question, default: [:]][verdict, default: 0] += 1 }
        }
        let questions = votes.keys.sorted {
            $0.query == $1.query
                ? $0.document.utf8.lexicographicallyPrecedes($1.document.utf8)
                : $0.query.utf8.lexicographicallyPrecedes($1.query.utf8)
        }
        for question in questions {
            let counts = votes[question] ?? [:]
            let all = counts.values.reduce(0, +)
            switch counts.first(where: { 2 * $0.value > all })?.key {
            case .relevant:
                relevant += 1
                judged.judge(query: question.query, document: question.document, grade: 1)
            case .wrong:
                wrong += 1
                judged.judge(query: question.query, document: question.document, grade: 0)
            case .unsure: unsure += 1
            case nil: disputed += 1
            }
        }
    }
}
