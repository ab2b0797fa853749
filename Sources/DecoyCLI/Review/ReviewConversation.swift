import Decoy
import NegativeReview

/// Asks question after question until none is left or the reviewer quits.
struct ReviewConversation {
    let session: ReviewSession
    let reviewer: String
    let text: QuestionText
    /// Writes to the reviewer.
    let show: (String) -> Void

    private static let help = """

        Is the candidate truly wrong for the query, so that a model may learn to rank it down? Or does it answer the query, as the
        relevant documents do, so that it was only never labelled? Every answer is saved at once.

          w  truly wrong: it doesn't answer the query
          r  relevant: it answers the query, or as good as the relevant ones do
          u  unsure
          s  skip (also the right and down arrows): it comes again at the end
          z  undo: take back the last answer, again and again
          m  more: show whole texts and all relevant documents
          q  quit; go on later with the same command

        """

    /// Talks until the end, and returns the last state.
    func run(_ input: some ReviewInput) throws -> ReviewState {
        var later: [QuestionID] = []
        var state = try session.state(of: reviewer)
        try show(state, whole: false)
        while state.question != nil || state.canUndo, let action = try input.next() {
            var whole = false
            do {
                switch action {
                case .quit: return state
                case .help:
                    show(Self.help)
                    continue
                case .more: whole = true
                case .skip:
                    if let question = state.question?.id {
                        later.removeAll { $0 == question }
                        later.append(question)
                    }
                case .undo:
                    state = try session.undo(by: reviewer)
                    later.removeAll { $0 == state.question?.id }
                    show("taken back\n")
                case .answer(let verdict):
                    guard let question = state.question else { continue }
                    _ = try session.answer(
                        verdict, query: question.query, document: question.candidate.id, by: reviewer)
                    later.removeAll { $0 == question.id }
                    show("\(text.bold(verdict.rawValue))\n")
                }
            } catch let error as ReviewError {
                show("\(error)\n")
                continue
            }
            state = try session.state(of: reviewer, puttingOff: later)
            try show(state, whole: whole)
        }
        return state
    }

    private func show(_ state: ReviewState, whole: Bool) throws {
        guard state.question != nil else {
            if state.total > 0 {
                show("\nAll \(state.total) questions are answered: z takes the last answer back, q ends.\n")
            }
            return
        }
        let line = String(repeating: "─", count: text.width)
        show("\(line)\n\(try text.text(of: state, whole: whole))\n\(ReviewAction.keys)\n")
    }
}

extension ReviewState.Question {
    /// What identifies the question.
    var id: QuestionID { QuestionID(query: query, document: candidate.id) }
}
