/// The answers of one reviewer that stand.
struct ReviewerAnswers: Sendable {
    /// The verdict that stands at each question.
    private(set) var verdicts: [QuestionID: Verdict] = [:]
    /// The question whose answer was taken back with the last line; it comes next.
    private(set) var reopened: QuestionID?
    /// Answers in their order, those that later ones replaced among them.
    private var given: [(question: QuestionID, verdict: Verdict)] = []

    /// The question that was answered last, of those whose answers stand.
    var last: QuestionID? { given.last?.question }

    /// Takes an answer, or the taking back of one; the latter does nothing where there is none.
    mutating func take(_ question: QuestionID, _ verdict: Verdict?) {
        if let verdict {
            given.append((question, verdict))
            verdicts[question] = verdict
            reopened = nil
        } else if let place = given.lastIndex(where: { $0.question == question }) {
            given.remove(at: place)
            verdicts[question] = given.last { $0.question == question }?.verdict
            reopened = question
        }
    }
}
