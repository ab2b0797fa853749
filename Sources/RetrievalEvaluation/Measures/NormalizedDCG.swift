import Essentials

/// nDCG: discounted gain over that of the ideal ranking, with log2(rank + 1) as discount.
///
/// Järvelin and Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques, TOIS 20 (2002), with the discount of trec_eval 9's
/// `ndcg` and `ndcg_cut`: gain(rank) / log2(rank + 1). The gain is the grade, or 2^grade − 1 with `dcg='exp-log2'` (Burges et al., ICML
/// 2005; gdeval). The ideal ranking holds all judged documents of positive grade, cut at the same depth. Negative grades gain nothing.
enum NormalizedDCG: MeasureFormula {
    static let name = "nDCG"
    static let aliases = ["NDCG"]
    static let trecName: (whole: String?, cut: String?) = ("ndcg", "ndcg_cut")
    static let summary = "normalized discounted cumulative gain: graded, top-heavy"
    static let parameters: [MeasureParameter] = [.dcg, .judgedOnly]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        guard let highest = ranking.judged.first, highest > 0 else { return 0 }
        let ideal = ranking.judged.prefix(measure.cutoff ?? ranking.judged.count)
        switch measure.parameters.gain {
        case .linear: return linearGain(ranking.top(measure.cutoff)) / linearGain(ideal)
        case .exponential:
            return exponentialGain(ranking.top(measure.cutoff), highest: highest)
                / exponentialGain(ideal, highest: highest)
        }
    }

    private static func linearGain(_ grades: ArraySlice<Int>) -> Double {
        let discounts = RankDiscount.table
        var sum = 0.0
        var place = 0
        for grade in grades {
            if grade > 0 { sum += Double(grade) / RankDiscount.at(place, table: discounts) }
            place += 1
        }
        return sum
    }

    /// The gains over 2^highest: the power of two falls out of the quotient and keeps great grades finite.
    private static func exponentialGain(_ grades: ArraySlice<Int>, highest: Int) -> Double {
        let discounts = RankDiscount.table
        let one = exp2(-Double(highest))
        var sum = 0.0
        var place = 0
        for grade in grades {
            if grade > 0 {
                sum += (exp2(Double(grade) - Double(highest)) - one) / RankDiscount.at(place, table: discounts)
            }
            place += 1
        }
        return sum
    }
}
