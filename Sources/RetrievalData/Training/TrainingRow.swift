/// One line of a file of training examples, as mining writes and training reads them.
public enum TrainingRow: Sendable, Hashable {
    /// Texts: a query, one relevant document, and documents that are not relevant, hardest first.
    ///
    /// With one negative the line is a triplet, `{"anchor", "positive", "negative"}`; with none or several an n-tuple,
    /// `{"anchor", "positive", "negative_1", …, "negative_n"}`, as sentence-transformers reads them.
    case texts(anchor: String, positive: String, negatives: [String], scores: [Double]? = nil)
    /// Ids: `{"query_id", "positive_ids", "negative_ids"}`; negatives hardest first.
    case ids(query: QueryID, positives: [DocumentID], negatives: [DocumentID], scores: [Double]? = nil)
    /// Texts with all relevant documents of a query together: `{"anchor", "passages", "labels"}`, as sentence-transformers'
    /// cross-encoders read it; negatives hardest first.
    case list(anchor: String, positives: [String], negatives: [String], scores: [Double]? = nil)

    /// The scores beside the row: those of the positives, then those of the negatives; a single number where a file has
    /// `score`.
    public var scores: [Double]? {
        switch self {
        case .texts(_, _, _, let scores), .ids(_, _, _, let scores), .list(_, _, _, let scores): scores
        }
    }

    /// The number of positives and negatives.
    var documentCount: Int {
        switch self {
        case .texts(_, _, let negatives, _): 1 + negatives.count
        case .ids(_, let positives, let negatives, _), .list(_, let positives, let negatives, _):
            positives.count + negatives.count
        }
    }

    /// The scores if there is one for each document, finite in single precision; else nil.
    var documentScores: [Double]? {
        guard let scores, scores.count == documentCount, scores.allSatisfy({ Float($0).isFinite }) else { return nil }
        return scores
    }

    /// The row as one line of JSON with its end; the same row gives the same bytes.
    ///
    /// `numbered` writes `negative_1` also where there is only one negative, for a file of n-tuples with n = 1. One
    /// score is written as `score`, several as `scores`.
    public func jsonLine(numbered: Bool = false) -> String {
        var object = JSONObjectText()
        switch self {
        case .texts(let anchor, let positive, let negatives, _):
            object.add("anchor", anchor)
            object.add("positive", positive)
            if negatives.count == 1, !numbered {
                object.add("negative", negatives[0])
            } else {
                for (place, text) in negatives.enumerated() { object.add("negative_\(place + 1)", text) }
            }
        case .ids(let query, let positives, let negatives, _):
            object.add("query_id", query)
            object.add("positive_ids", positives)
            object.add("negative_ids", negatives)
        case .list(let anchor, let positives, let negatives, _):
            object.add("anchor", anchor)
            object.add("passages", positives + negatives)
            let labels = positives.map { _ in "1" } + negatives.map { _ in "0" }
            object.add("labels", json: "[" + labels.joined(separator: ", ") + "]")
        }
        if let scores {
            if scores.count == 1 {
                object.add("score", scores[0])
            } else {
                object.add("scores", scores)
            }
        }
        return object.line
    }
}
