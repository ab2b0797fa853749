/// SetAP: SetP · SetR, the average precision of a set without order (trec_eval's `set_map`).
enum SetAveragePrecision: MeasureFormula {
    static let name = "SetAP"
    static let trecName: (whole: String?, cut: String?) = ("set_map", nil)
    static let summary = "SetP times SetR"
    static let position = MeasurePosition.none

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        SetPrecision.value(of: ranking, measure: measure) * SetRecall.value(of: ranking, measure: measure)
    }
}
