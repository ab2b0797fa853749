/// Rprec: the share of relevant documents among the first R, where R is the number of relevant documents (trec_eval's `Rprec`).
enum RPrecision: MeasureFormula {
    static let name = "Rprec"
    static let aliases = ["RPrec"]
    static let trecName: (whole: String?, cut: String?) = ("Rprec", nil)
    static let summary = "precision at R, the number of relevant documents"
    static let position = MeasurePosition.none

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let relevant = ranking.relevantCount(minimumGrade: measure.minimumGrade)
        if relevant == 0 { return 0 }
        let found = ranking.relevantRetrieved(minimumGrade: measure.minimumGrade, cutoff: relevant)
        return Double(found) / Double(relevant)
    }
}
