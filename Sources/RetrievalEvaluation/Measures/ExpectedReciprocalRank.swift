import Essentials

/// ERR: the expected reciprocal rank at which a reader stops who is satisfied by a document with probability (2^grade − 1) / 2^4.
///
/// Chapelle, Metzler, Zhang and Grinspan, Expected Reciprocal Rank for Graded Relevance, CIKM 2009, as gdeval, which ir_measures asks
/// for it: 4 is the highest grade whatever the judgements hold. gdeval refuses higher grades; here they count as 4.
enum ExpectedReciprocalRank: MeasureFormula {
    static let name = "ERR"
    static let trecName: (whole: String?, cut: String?) = (nil, nil)
    static let summary = "expected reciprocal rank of what satisfies: grades up to 4"
    static let parameters: [MeasureParameter] = []
    private static let highestGrade = 4

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        var sum = 0.0
        var unsatisfied = 1.0
        var rank = 1.0
        for grade in ranking.top(measure.cutoff) {
            if grade > 0 {
                let satisfied = Double((1 << min(grade, highestGrade)) - 1) / Double(1 << highestGrade)
                sum += unsatisfied * satisfied / rank
                unsatisfied *= 1 - satisfied
            }
            rank += 1
        }
        return sum
    }
}
