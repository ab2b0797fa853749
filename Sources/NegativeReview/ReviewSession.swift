import RetrievalData
import Synchronization

/// A review: questions in their order, and the answers that a log has to them.
///
/// Every process that has the same items and the same log sees the same; any number of threads may ask. Answers of the log to other
/// questions are passed over.
public final class ReviewSession: Sendable {
    /// The questions, most doubtful first, each once.
    public let items: [ReviewItem]
    private let log: AnswerLog
    private let known: Set<QuestionID>
    private let state = Mutex(State())

    private struct State {
        /// How many of the log's answers were taken.
        var taken = 0
        var reviewers: [String: ReviewerAnswers] = [:]
    }

    /// A review of items in any order; throws where the log has a line that is no answer.
    public init(items: [ReviewItem], log: AnswerLog) throws {
        self.items = ReviewOrder.sorted(items)
        self.log = log
        known = Set(self.items.map(\.id))
        try update(with: log.answers())
    }

    /// How far everyone came, and a reviewer's next question: the first without an answer, or the one whose answer was taken back last.
    ///
    /// Questions that are put off come when no other is left, those put off first before the others. Complexity: O(answers), and O(all
    /// answers) for the agreements.
    public func state(of reviewer: String, puttingOff later: [QuestionID] = []) throws -> ReviewState {
        try check(reviewer)
        return state(of: reviewer, later, try log.answers())
    }

    /// Records an answer, durably before this returns; a later one to the same question replaces it.
    public func answer(
        _ verdict: Verdict, query: QueryID, document: DocumentID, by reviewer: String
    ) throws -> ReviewState {
        try check(reviewer)
        let question = QuestionID(query: query, document: document)
        guard known.contains(question) else {
            throw ReviewError.unknownQuestion(query: query, document: document)
        }
        let answer = Answer(question: question, reviewer: reviewer, time: AnswerLog.now(), verdict: verdict)
        return state(of: reviewer, [], try log.append { _ in answer })
    }

    /// Takes back the reviewer's latest answer that stands, durably; the question comes next, with an earlier verdict where there was one.
    public func undo(by reviewer: String) throws -> ReviewState {
        try check(reviewer)
        let answers = try log.append { answers in
            update(with: answers)
            guard let question = state.withLock({ $0.reviewers[reviewer]?.last }) else {
                throw ReviewError.nothingToUndo(reviewer: reviewer)
            }
            return Answer(question: question, reviewer: reviewer, time: AnswerLog.now(), verdict: nil)
        }
        return state(of: reviewer, [], answers)
    }

    /// The verdict of a reviewer that stands at a question, as of the last call that read the log.
    public func verdict(of reviewer: String, on question: QuestionID) -> Verdict? {
        state.withLock { $0.reviewers[reviewer]?.verdicts[question] }
    }

    private func check(_ reviewer: String) throws {
        if !ReviewerName.isUsable(reviewer) { throw ReviewError.badReviewer(reviewer) }
    }

    /// Takes answers that were not taken before; `answers` are all of the log, or all up to some moment.
    private func update(with answers: [Answer]) {
        state.withLock { state in
            for answer in answers.dropFirst(state.taken) where known.contains(answer.question) {
                state.reviewers[answer.reviewer, default: ReviewerAnswers()].take(answer.question, answer.verdict)
            }
            state.taken = max(state.taken, answers.count)
        }
    }

    private func state(of reviewer: String, _ later: [QuestionID], _ answers: [Answer]) -> ReviewState {
        update(with: answers)
        let reviewers = state.withLock { $0.reviewers }
        let own = reviewers[reviewer] ?? ReviewerAnswers()
        return ReviewState(
            items: items, reviewer: reviewer, own: own, next: next(for: own, later), reviewers: reviewers)
    }

    private func next(for own: ReviewerAnswers, _ later: [QuestionID]) -> ReviewItem? {
        let putOff = Set(later)
        if let reopened = own.reopened, !putOff.contains(reopened) { return items.first { $0.id == reopened } }
        let open = items.lazy.filter { own.verdicts[$0.id] == nil }
        if let item = open.first(where: { !putOff.contains($0.id) }) { return item }
        guard let first = later.first(where: { own.verdicts[$0] == nil && known.contains($0) }) else { return nil }
        return items.first { $0.id == first }
    }
}
