/// The order of questions: the most doubtful negatives first, so that a few answers find most of what is wrong.
///
/// By the probability of a false negative, descending; then, and where there is none, by the score in relation to the positives' score, by the
/// score, and by the rank; at last by the ids of query and document in byte order. What is not known comes after what is.
public enum ReviewOrder {
    /// Whether one question comes before another.
    public static func precedes(_ one: ReviewItem, _ other: ReviewItem) -> Bool {
        for (first, second) in [
            (one.falseNegativeProbability, other.falseNegativeProbability),
            (relativeScore(of: one), relativeScore(of: other)), (one.score, other.score),
            (one.rank.map { -Double($0) }, other.rank.map { -Double($0) }),
        ] where first != second {
            guard let first else { return false }
            guard let second else { return true }
            return first > second
        }
        if one.query.id != other.query.id {
            return one.query.id.utf8.lexicographicallyPrecedes(other.query.id.utf8)
        }
        return one.candidate.id.utf8.lexicographicallyPrecedes(other.candidate.id.utf8)
    }

    /// s / s⁺; nil where one of them is not known, or s⁺ is not above 0.
    private static func relativeScore(of item: ReviewItem) -> Double? {
        guard let score = item.score, let positive = item.positiveScore, positive > 0 else { return nil }
        return score / positive
    }

    /// The items in their order; of several with the same query and candidate the first.
    ///
    /// Complexity: O(n log n).
    public static func sorted(_ items: [ReviewItem]) -> [ReviewItem] {
        var seen: Set<QuestionID> = []
        return items.sorted(by: precedes).filter { seen.insert($0.id).inserted }
    }
}
