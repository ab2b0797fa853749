/// RR: one over the rank of the first relevant document, 0 where there is none down to the cut-off (trec_eval's `recip_rank`).
enum ReciprocalRank: MeasureFormula {
    static let name = "RR"
    static let aliases = ["MRR"]
    static let trecName: (whole: String?, cut: String?) = ("recip_rank", "recip_rank")
    static let summary = "reciprocal rank of the first relevant document"

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        var rank = 1.0
        for grade in ranking.top(measure.cutoff) {
            if grade >= measure.minimumGrade { return 1 / rank }
            rank += 1
        }
        return 0
    }
}
