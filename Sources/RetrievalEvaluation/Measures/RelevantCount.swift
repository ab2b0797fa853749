/// NumRel: the number of relevant documents, retrieved or not, summed over the run (trec_eval's `num_rel`).
///
/// Those of queries that the run lacks count too, as under trec_eval's `-c`.
enum RelevantCount: MeasureFormula {
    static let name = "NumRel"
    static let trecName: (whole: String?, cut: String?) = ("num_rel", nil)
    static let summary = "number of relevant documents in the judgements"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel]
    static let aggregation = MeasureAggregation.sum
    static let countsMissingQueries = true

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        Double(ranking.relevantCount(minimumGrade: measure.minimumGrade))
    }
}
