import Decoy
import NegativeReview

/// A question as a terminal shows it.
struct QuestionText {
    /// Marks the query's words; nil where there is no analyzer.
    var searcher: Searcher?
    /// Columns of the terminal.
    var width: Int
    /// How words and heads stand out.
    var bold: (String) -> String

    /// How many lines of a text are shown unless all are asked for, and how many positives.
    private static let (lines, positives) = (12, 3)

    /// The question with its heads; `whole` shows texts and positives to their end.
    func text(of state: ReviewState, whole: Bool) throws -> String {
        guard let question = state.question else { return "" }
        let highlighter = try searcher?.highlighter(for: question.text)
        var text = bold("Question \(state.answered + (question.verdict == nil ? 1 : 0)) of \(state.total)")
        if let verdict = question.verdict { text += "   you said: \(verdict.rawValue)" }
        text += "\n" + paragraph(question.text, head: "Query \(Console.printable(question.query))", nil, whole: true)
        let shown = whole ? question.positives[...] : question.positives.prefix(Self.positives)
        for positive in shown { text += passage(positive, head: "Relevant", highlighter, whole: whole) }
        let rest = question.positives.count - shown.count
        if rest > 0 { text += "\n  and \(rest) more that are relevant (m shows all)\n" }
        text += passage(question.candidate, head: "Candidate", note: numbers(of: question), highlighter, whole: whole)
        return text
    }

    /// What mining knows of the candidate.
    private func numbers(of question: ReviewState.Question) -> String {
        var parts: [String] = []
        if let probability = question.falseNegativeProbability {
            parts.append("\(NumberText.fixed(100 * probability, 0)) % likely relevant")
        }
        if let rank = question.rank { parts.append("rank \(rank)") }
        if let score = question.score { parts.append("score \(NumberText.fixed(score, 3))") }
        return parts.joined(separator: ", ")
    }

    private func passage(
        _ passage: ReviewState.Passage, head: String, note: String = "", _ highlighter: Highlighter?, whole: Bool
    ) -> String {
        var head = "\(head) \(Console.printable(passage.id))"
        if !note.isEmpty { head += "   (\(note))" }
        var text = paragraph(passage.title, head: head, highlighter, whole: whole)
        if !passage.text.isEmpty { text += lines(of: passage.text, highlighter, whole: whole) }
        return text
    }

    private func paragraph(_ body: String, head: String, _ highlighter: Highlighter?, whole: Bool) -> String {
        "\n\(bold(head))\n" + (body.isEmpty ? "" : lines(of: body, highlighter, whole: whole))
    }

    private func lines(of body: String, _ highlighter: Highlighter?, whole: Bool) -> String {
        let wrapped = WrappedText(
            body, ranges: highlighter?.ranges(in: body) ?? [], width: width - 2, mark: bold
        ).lines
        let isCut = !whole && wrapped.count > Self.lines + 1
        var text = (isCut ? wrapped.prefix(Self.lines) : wrapped[...]).map { "  \($0)\n" }.joined()
        if isCut { text += "  … \(wrapped.count - Self.lines) more lines (m shows all)\n" }
        return text
    }
}
