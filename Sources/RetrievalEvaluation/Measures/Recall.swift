/// R@k: the share of all relevant documents that stand among the first k (trec_eval's `recall`).
enum Recall: MeasureFormula {
    static let name = "R"
    static let aliases = ["Recall"]
    static let trecName: (whole: String?, cut: String?) = (nil, "recall")
    static let summary = "recall: share of the relevant documents found in the top k"
    static let position = MeasurePosition.requiredCutoff

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let relevant = ranking.relevantCount(minimumGrade: measure.minimumGrade)
        return relevant == 0
            ? 0
            : Double(ranking.relevantRetrieved(minimumGrade: measure.minimumGrade, cutoff: measure.cutoff))
                / Double(relevant)
    }
}
