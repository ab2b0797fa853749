/// NumQ: 1 per query, summed over the run (trec_eval's `num_q`); a query that the run lacks counts too.
enum QueryCount: MeasureFormula {
    static let name = "NumQ"
    static let trecName: (whole: String?, cut: String?) = ("num_q", nil)
    static let summary = "number of queries (a sum, as all Num…)"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = []
    static let aggregation = MeasureAggregation.sum
    static let countsMissingQueries = true

    static func value(of ranking: GradedRanking, measure: Measure) -> Double { 1 }
}
