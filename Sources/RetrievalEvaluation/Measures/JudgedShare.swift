/// Judged@k: the share of the first k documents that somebody judged, whatever the grade; a negative grade is a judgement too.
///
/// As ir_measures: a ranking shorter than k is divided by its own length. An empty one has the value 0.
enum JudgedShare: MeasureFormula {
    static let name = "Judged"
    static let trecName: (whole: String?, cut: String?) = (nil, nil)
    static let summary = "share of judged documents in the top k"
    static let parameters: [MeasureParameter] = []

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let top = ranking.top(measure.cutoff)
        if top.isEmpty { return 0 }
        var judged = 0
        for grade in top where grade != GradedRanking.unjudged { judged += 1 }
        return Double(judged) / Double(top.count)
    }
}
