/// AP: the precision at the rank of each relevant document, summed and divided by the number of relevant documents.
///
/// As trec_eval's `map` and `map_cut`: the divisor is the number of all relevant documents, also under a cut-off.
enum AveragePrecision: MeasureFormula {
    static let name = "AP"
    static let aliases = ["MAP"]
    static let trecName: (whole: String?, cut: String?) = ("map", "map_cut")
    static let summary = "average precision over the relevant documents"

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let relevant = ranking.relevantCount(minimumGrade: measure.minimumGrade)
        if relevant == 0 { return 0 }
        var sum = 0.0
        var rank = 1.0
        var found = 0.0
        for grade in ranking.top(measure.cutoff) {
            if grade >= measure.minimumGrade {
                found += 1
                sum += found / rank
            }
            rank += 1
        }
        return sum / Double(relevant)
    }
}
