/// One line of a file of training examples, as mining writes and training reads them.
public enum TrainingRow: Sendable, Hashable {
    /// Texts: a query, one relevant document, and documents that are not relevant, hardest first.
    ///
    /// With one negative the line is a triplet, `{"anchor", "positive", "negative"}`; with none or several an n-tuple,
    /// `{"anchor", "positive", "negative_1", …, "negative_n"}`, as sentence-transformers reads them.
    case texts(anchor: String, positive: String, negatives: [String], scores: [Double]? = nil)
    /// Ids: `{"query_id", "positive_ids", "negative_ids"}`; negatives hardest first.
    case ids(query: QueryID, positives: [DocumentID], negatives: [DocumentID], scores: [Double]? = nil)

    /// The scores beside the row: those of the positives, then those of the negatives; a single number where a file has
    /// `score`.
    public var scores: [Double]? {
        switch self {
        case .texts(_, _, _, let scores), .ids(_, _, _, let scores): scores
        }
    }

    /// The number of positives and negatives.
    var documentCount: Int {
        switch self {
        case .texts(_, _, let negatives, _): 1 + negatives.count
        case .ids(_, let positives, let negatives, _): positives.count + negatives.count
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
        var fields: [(String, String)]
        switch self {
        case .texts(let anchor, let positive, let negatives, _):
            fields = [("anchor", JSONText.quoted(anchor)), ("positive", JSONText.quoted(positive))]
            if negatives.count == 1, !numbered {
                fields.append(("negative", JSONText.quoted(negatives[0])))
            } else {
                for (place, text) in negatives.enumerated() {
                    fields.append(("negative_\(place + 1)", JSONText.quoted(text)))
                }
            }
        case .ids(let query, let positives, let negatives, _):
            fields = [
                ("query_id", JSONText.quoted(query)), ("positive_ids", JSONText.array(positives)),
                ("negative_ids", JSONText.array(negatives)),
            ]
        }
        if let scores {
            if scores.count == 1 {
                fields.append(("score", JSONText.number(scores[0])))
            } else {
                fields.append(("scores", "[" + scores.map(JSONText.number).joined(separator: ", ") + "]"))
            }
        }
        return "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}\n"
    }
}
