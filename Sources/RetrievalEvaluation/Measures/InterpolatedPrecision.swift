/// IPrec@recall: the highest precision at any rank where at least that share of the relevant documents is found.
///
/// As trec_eval 9.0.4's `iprec_at_recall`: a level is reached with ⌊level · R + 0.9⌋ of the R relevant documents.
enum InterpolatedPrecision: MeasureFormula {
    static let name = "IPrec"
    static let trecName: (whole: String?, cut: String?) = (nil, "iprec_at_recall")
    static let summary = "interpolated precision at a level of recall"
    static let position = MeasurePosition.recall
    /// trec_eval's eleven levels.
    static let standardLevels = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        precision(of: ranking, recall: measure.recall ?? 0, minimumGrade: measure.minimumGrade)
    }

    static func precision(of ranking: GradedRanking, recall: Double, minimumGrade: Int) -> Double {
        let needed = (recall * Double(ranking.relevantCount(minimumGrade: minimumGrade)) + 0.9).rounded(.down)
        var highest = 0.0
        var rank = 1.0
        var found = 0.0
        for grade in ranking.grades {
            if grade >= minimumGrade {
                found += 1
                if found >= needed { highest = max(highest, found / rank) }
            }
            rank += 1
        }
        return highest
    }
}
