/// GMAP: AP per query, and the geometric mean over queries (trec_eval's `gm_map`), which weighs the hard queries.
///
/// Robertson, On GMAP: and Other Transformations, CIKM 2006. The values of queries are those of AP.
enum GeometricAP: MeasureFormula {
    static let name = "GMAP"
    static let trecName: (whole: String?, cut: String?) = ("gm_map", nil)
    static let summary = "geometric mean of AP over the queries"
    static let position = MeasurePosition.none
    static let aggregation = MeasureAggregation.geometricMean

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        AveragePrecision.value(of: ranking, measure: measure)
    }
}
