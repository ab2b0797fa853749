/// Writes scores with as many digits as they need.
public enum ScoreText {
    /// The shortest decimal number that reads back as the same value.
    ///
    /// A score that is exactly a `Float` is written in the `Float`'s shortest form, which reads back as the same
    /// `Float`.
    public static func shortest(_ score: Double) -> String {
        let single = Float(score)
        return Double(single) == score ? single.description : score.description
    }

    /// The scores of one ranking: all as `Float`s where every one is exactly a `Float`, otherwise all as `Double`s.
    ///
    /// One form for the whole ranking keeps its order: two scores never change places by being written and read.
    public static func shortest(of documents: [ScoredDocument]) -> [String] {
        if documents.allSatisfy({ Double(Float($0.score)) == $0.score }) {
            return documents.map { Float($0.score).description }
        }
        return documents.map { $0.score.description }
    }
}
