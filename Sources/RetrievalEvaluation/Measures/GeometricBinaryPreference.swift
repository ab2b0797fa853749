/// GMBpref: Bpref per query, and the geometric mean over queries (trec_eval's `gm_bpref`).
enum GeometricBinaryPreference: MeasureFormula {
    static let name = "GMBpref"
    static let trecName: (whole: String?, cut: String?) = ("gm_bpref", nil)
    static let summary = "geometric mean of Bpref over the queries"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel]
    static let aggregation = MeasureAggregation.geometricMean

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        BinaryPreference.value(of: ranking, measure: measure)
    }
}
