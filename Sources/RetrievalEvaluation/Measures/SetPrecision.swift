/// SetP: the share of relevant documents among all retrieved (trec_eval's `set_P`).
///
/// With `relative=True` (SetRelP, trec_eval's `set_relative_P`) it is divided by the best that so many documents could have:
/// relevant retrieved / min(retrieved, relevant).
enum SetPrecision: MeasureFormula {
    static let name = "SetP"
    static let presets = [
        MeasurePreset(name: "SetRelP", trecName: "set_relative_P", parameters: MeasureParameters(relative: true))
    ]
    static let trecName: (whole: String?, cut: String?) = ("set_P", nil)
    static let summary = "precision of all retrieved documents"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel, .relative, .judgedOnly]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let level = measure.minimumGrade
        let divisor =
            measure.parameters.relative
            ? min(ranking.grades.count, ranking.relevantCount(minimumGrade: level)) : ranking.grades.count
        return divisor == 0 ? 0 : Double(ranking.relevantRetrieved(minimumGrade: level)) / Double(divisor)
    }
}
