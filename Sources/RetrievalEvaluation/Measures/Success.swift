/// Success@k: 1 where a relevant document stands among the first k, else 0 (trec_eval's `success`).
enum Success: MeasureFormula {
    static let name = "Success"
    static let trecName: (whole: String?, cut: String?) = (nil, "success")
    static let summary = "share of queries with a relevant document in the top k"
    static let position = MeasurePosition.requiredCutoff

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        ranking.relevantRetrieved(minimumGrade: measure.minimumGrade, cutoff: measure.cutoff) > 0 ? 1 : 0
    }
}
