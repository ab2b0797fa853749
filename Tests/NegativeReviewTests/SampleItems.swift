import NegativeReview
import RetrievalData

/// Questions of two words: `q1/d2` is query q1 with candidate d2.
func item(
    _ name: String, probability: Double? = nil, score: Double? = nil, positiveScore: Double? = nil, rank: Int? = nil
) -> ReviewItem {
    let parts = name.split(separator: "/").map(String.init)
    return ReviewItem(
        query: Query(id: parts[0], text: "text of \(parts[0])"),
        positives: [Document(id: "p", title: "Positive", text: "right")],
        candidate: Document(id: parts[1], title: "Candidate", text: "text of \(parts[1])"), score: score, rank: rank,
        falseNegativeProbability: probability, positiveScore: positiveScore)
}

extension ReviewItem {
    var name: String { query.id + "/" + candidate.id }
}

extension ReviewState {
    /// The next question's name; nil where there is none.
    var next: String? { question.map { $0.query + "/" + $0.candidate.id } }
}

extension ReviewSession {
    /// Answers a question by its name.
    @discardableResult
    func answer(_ verdict: Verdict, _ name: String, by reviewer: String) throws -> ReviewState {
        let parts = name.split(separator: "/").map(String.init)
        return try answer(verdict, query: parts[0], document: parts[1], by: reviewer)
    }
}
