/// SetR: the share of the relevant documents among all retrieved (trec_eval's `set_recall`).
enum SetRecall: MeasureFormula {
    static let name = "SetR"
    static let trecName: (whole: String?, cut: String?) = ("set_recall", nil)
    static let summary = "recall of all retrieved documents"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let relevant = ranking.relevantCount(minimumGrade: measure.minimumGrade)
        return relevant == 0
            ? 0 : Double(ranking.relevantRetrieved(minimumGrade: measure.minimumGrade)) / Double(relevant)
    }
}
