import Foundation

/// nDCG: discounted gain over that of the ideal ranking, with the grade as gain and log2(rank + 1) as discount.
///
/// Järvelin and Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques, TOIS 20 (2002), with the discount of trec_eval 9's
/// `ndcg` and `ndcg_cut`: gain(rank) / log2(rank + 1). The ideal ranking holds all judged documents of positive grade, cut at the same
/// depth. Negative grades gain nothing.
enum NormalizedDCG: MeasureFormula {
    static let name = "nDCG"
    static let aliases = ["NDCG"]
    static let trecName: (whole: String?, cut: String?) = ("ndcg", "ndcg_cut")
    static let summary = "normalized discounted cumulative gain: graded, top-heavy"
    static let acceptsMinimumGrade = false

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let ideal = discountedGain(ranking.judged.prefix(measure.cutoff ?? ranking.judged.count))
        return ideal > 0 ? discountedGain(ranking.top(measure.cutoff)) / ideal : 0
    }

    private static func discountedGain(_ grades: ArraySlice<Int>) -> Double {
        var sum = 0.0
        var rank = 1.0
        for grade in grades {
            if grade > 0 { sum += Double(grade) / log2(rank + 1) }
            rank += 1
        }
        return sum
    }
}
