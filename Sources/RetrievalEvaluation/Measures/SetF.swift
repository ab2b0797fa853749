/// SetF: the weighted harmonic mean of SetP and SetR, (β + 1) P R / (β P + R).
///
/// As trec_eval's `set_F`: β itself is the weight of recall, not its square as in van Rijsbergen's F.
enum SetF: MeasureFormula {
    static let name = "SetF"
    static let trecName: (whole: String?, cut: String?) = ("set_F", "set_F")
    static let summary = "harmonic mean of SetP and SetR"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel, .beta, .judgedOnly]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let precision = SetPrecision.value(of: ranking, measure: measure)
        let recall = SetRecall.value(of: ranking, measure: measure)
        let beta = measure.parameters.beta
        return precision == 0 || recall == 0 ? 0 : (beta + 1) * precision * recall / (beta * precision + recall)
    }
}
