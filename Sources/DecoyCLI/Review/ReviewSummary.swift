import Decoy
import NegativeReview

/// How far a review came, for people.
enum ReviewSummary {
    /// A row for each reviewer, then one for each pair.
    static func text(of state: ReviewState) -> String {
        if state.reviewers.isEmpty { return "\(state.total) questions, no answers yet\n" }
        var reviewers = ResultTable(
            columns: [.init("reviewer", .left), .init("answered"), .init("of")]
                + Verdict.allCases.map { .init($0.rawValue) })
        for reviewer in state.reviewers {
            reviewers.append(
                [Console.printable(reviewer.name), "\(reviewer.answered)", "\(state.total)"]
                    + Verdict.allCases.map { "\(reviewer.verdicts[$0.rawValue, default: 0])" })
        }
        var text = reviewers.text(width: DisplayWidth.of)
        if state.agreements.isEmpty { return text }
        var agreements = ResultTable(
            columns: [.init("both", .left), .init("questions"), .init("agree"), .init("Cohen's kappa")])
        for agreement in state.agreements {
            agreements.append([
                agreement.reviewers.map(Console.printable).joined(separator: ", "), "\(agreement.questions)",
                NumberText.fixed(100 * agreement.observed, 1) + " %",
                agreement.kappa.map { NumberText.fixed($0, 3) } ?? "-",
            ])
        }
        text += "\n" + agreements.text(width: DisplayWidth.of)
        return text
    }

    /// What one reviewer did, on one line.
    static func line(of state: ReviewState) -> String {
        let own = state.reviewers.first { $0.name == state.reviewer }
        let verdicts = Verdict.allCases.map { "\($0.rawValue) \(own?.verdicts[$0.rawValue] ?? 0)" }
        return "\(Console.printable(state.reviewer)) answered \(state.answered) of \(state.total) questions: "
            + verdicts.joined(separator: ", ")
    }
}

/// A question in its place, for `--list`.
struct QuestionLine: Encodable {
    var place: Int
    var query: QueryID
    var document: DocumentID
    var score: Double?
    var rank: Int?
    var falseNegativeProbability: Double?
    var verdict: Verdict?

    init(_ item: ReviewItem, place: Int, verdict: Verdict?) {
        self.place = place
        query = item.query.id
        document = item.candidate.id
        score = item.score
        rank = item.rank
        falseNegativeProbability = item.falseNegativeProbability
        self.verdict = verdict
    }
}
