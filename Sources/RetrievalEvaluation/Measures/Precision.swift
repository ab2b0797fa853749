/// P@k: the share of relevant documents among the first k; a shorter ranking is filled up with documents that are not relevant.
enum Precision: MeasureFormula {
    static let name = "P"
    static let aliases = ["Precision"]
    static let trecName: (whole: String?, cut: String?) = (nil, "P")
    static let summary = "precision: share of relevant documents in the top k"
    static let position = MeasurePosition.requiredCutoff

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        Double(ranking.relevantRetrieved(minimumGrade: measure.minimumGrade, cutoff: measure.cutoff))
            / Double(measure.cutoff ?? 1)
    }
}
