import DecoyTestSupport
import Foundation
import NegativeReview
import RetrievalData
import Testing

@Suite("A review")
struct ReviewSessionTests {
    private let folder: TemporaryFolder
    private let log: AnswerLog
    private let session: ReviewSession

    init() throws {
        folder = try TemporaryFolder()
        log = try AnswerLog(path: folder.path("answers.jsonl"))
        session = try ReviewSession(
            items: [item("q1/a", probability: 0.1), item("q1/b", probability: 0.9), item("q2/c", probability: 0.5)],
            log: log)
    }

    @Test("The most doubtful question comes first, then the next without an answer, and at last none.")
    func order() throws {
        var state = try session.state(of: "ann")
        #expect(state.next == "q1/b" && state.total == 3 && state.answered == 0 && !state.canUndo)
        #expect(state.question?.positives.map(\.text) == ["right"])
        #expect(state.reviewers.isEmpty && state.agreements.isEmpty)
        state = try session.answer(.wrong, "q1/b", by: "ann")
        #expect(state.next == "q2/c" && state.answered == 1 && state.canUndo)
        #expect(state.reviewers.map(\.name) == ["ann"])
        #expect(state.reviewers.first?.verdicts == ["wrong": 1, "relevant": 0, "unsure": 0])
        // Out of order is allowed.
        #expect(try session.answer(.unsure, "q1/a", by: "ann").next == "q2/c")
        #expect(try session.answer(.relevant, "q2/c", by: "ann").next == nil)
        #expect(try session.state(of: "bob").next == "q1/b")
    }

    @Test("Taking back brings the question back, with the earlier verdict where there was one, step by step.")
    func undo() throws {
        #expect(throws: ReviewError.nothingToUndo(reviewer: "ann")) { try session.undo(by: "ann") }
        try session.answer(.wrong, "q1/b", by: "ann")
        try session.answer(.wrong, "q1/a", by: "ann")
        try session.answer(.relevant, "q1/b", by: "ann")
        var state = try session.undo(by: "ann")
        #expect(state.next == "q1/b" && state.question?.verdict == .wrong && state.answered == 2)
        // It stays next until there is an answer, for every process.
        #expect(try session.state(of: "ann").next == "q1/b")
        #expect(
            try ReviewSession(items: session.items, log: AnswerLog(path: log.path)).state(of: "ann") == state)
        state = try session.undo(by: "ann")
        #expect(state.next == "q1/a" && state.question?.verdict == nil && state.answered == 1)
        #expect(try session.answer(.unsure, "q1/a", by: "ann").next == "q2/c")
        _ = try session.undo(by: "ann")
        state = try session.undo(by: "ann")
        #expect(state.answered == 0 && !state.canUndo && state.next == "q1/b" && state.reviewers.isEmpty)
        #expect(throws: ReviewError.nothingToUndo(reviewer: "ann")) { try session.undo(by: "ann") }
    }

    @Test("Nobody takes back another's answer.")
    func others() throws {
        try session.answer(.wrong, "q1/b", by: "ann")
        #expect(throws: ReviewError.nothingToUndo(reviewer: "bob")) { try session.undo(by: "bob") }
        #expect(try session.state(of: "ann").answered == 1)
    }

    @Test("Questions that are put off come when no other is left, in the order in which they were.")
    func puttingOff() throws {
        let (a, b, c) = (
            QuestionID(query: "q1", document: "a"), QuestionID(query: "q1", document: "b"),
            QuestionID(query: "q2", document: "c")
        )
        #expect(try session.state(of: "ann", puttingOff: [b]).next == "q2/c")
        #expect(try session.state(of: "ann", puttingOff: [b, c]).next == "q1/a")
        #expect(try session.state(of: "ann", puttingOff: [c, b, a]).next == "q2/c")
        try session.answer(.wrong, "q2/c", by: "ann")
        #expect(try session.state(of: "ann", puttingOff: [c, b, a]).next == "q1/b")
    }

    @Test("What is no question, and what is no name, is refused, and nothing is written.")
    func refusals() throws {
        #expect(throws: ReviewError.unknownQuestion(query: "q1", document: "c")) {
            try session.answer(.wrong, "q1/c", by: "ann")
        }
        for name in ["", " ann", "ann ", "a\nb", "a\u{7}", "\u{202E}nna", String(repeating: "x", count: 65)] {
            #expect(throws: ReviewError.badReviewer(name)) { try session.answer(.wrong, "q1/b", by: name) }
            #expect(throws: ReviewError.badReviewer(name)) { try session.state(of: name) }
        }
        for name in ["Änne K.", "李", "a/b", String(repeating: "x", count: 64)] {
            #expect(try session.state(of: name).reviewer == name)
        }
        #expect(try log.answers().isEmpty)
    }

    @Test("Answers to other questions stay in the log and count for nothing here.")
    func otherQuestions() throws {
        try session.answer(.wrong, "q1/b", by: "ann")
        let other = try ReviewSession(items: [item("q9/z")], log: AnswerLog(path: log.path))
        var state = try other.state(of: "ann")
        #expect(state.answered == 0 && state.next == "q9/z" && !state.canUndo && state.reviewers.isEmpty)
        state = try other.answer(.relevant, "q9/z", by: "ann")
        #expect(try session.state(of: "ann").answered == 1)
        #expect(try session.undo(by: "ann").answered == 0)
        #expect(try other.state(of: "ann").answered == 1)
    }

    @Test("Two sessions over one log see each other's answers, and threads lose none.")
    func threads() throws {
        let items = (0..<40).map { item("q\($0 % 7)/d\($0)", probability: Double($0) / 40) }
        let path = folder.path("threads.jsonl")
        let sessions = try (0..<2).map { _ in try ReviewSession(items: items, log: AnswerLog(path: path)) }
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for (place, item) in items.enumerated() where place % 2 == thread % 2 {
                _ = try? sessions[thread / 2].answer(.wrong, item.name, by: "thread \(thread)")
            }
        }
        let states = try sessions.map { try $0.state(of: "thread 0") }
        #expect(states[0] == states[1])
        #expect(states[0].reviewers.map(\.answered) == [20, 20, 20, 20])
        #expect(states[0].agreements.map(\.reviewers) == [["thread 0", "thread 2"], ["thread 1", "thread 3"]])
        #expect(states[0].agreements.allSatisfy { $0.questions == 20 && $0.observed == 1 && $0.kappa == nil })
    }
}
