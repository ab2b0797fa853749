/// NumRet: the number of retrieved documents, with `rel=n` of those with at least that grade; summed over the run.
///
/// trec_eval's `num_ret` and, as `NumRelRet` or `NumRet(rel=1)`, its `num_rel_ret`.
enum RetrievedCount: MeasureFormula {
    static let name = "NumRet"
    static let presets = [
        MeasurePreset(name: "NumRelRet", trecName: "num_rel_ret", parameters: MeasureParameters(rel: 1))
    ]
    static let trecName: (whole: String?, cut: String?) = ("num_ret", nil)
    static let summary = "retrieved documents; relevant ones: NumRelRet, NumRet(rel=n)"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel]
    static let standardGrade: Int? = nil
    static let aggregation = MeasureAggregation.sum

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        Double(measure.parameters.rel.map { ranking.relevantRetrieved(minimumGrade: $0) } ?? ranking.grades.count)
    }
}
