/// 11pt_avg: the mean of IPrec at the levels 0, 0.1, …, 1 (trec_eval's `11pt_avg`).
enum ElevenPointAverage: MeasureFormula {
    static let name = "11pt_avg"
    static let trecName: (whole: String?, cut: String?) = ("11pt_avg", nil)
    static let summary = "mean interpolated precision at the levels 0, 0.1, …, 1"
    static let position = MeasurePosition.none

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let levels = InterpolatedPrecision.standardLevels
        return Statistics.mean(
            levels.map {
                InterpolatedPrecision.precision(of: ranking, recall: $0, minimumGrade: measure.minimumGrade)
            })
    }
}
