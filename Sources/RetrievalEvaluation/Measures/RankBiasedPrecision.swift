/// RBP: what a reader gains who goes on from each document to the next with probability p.
///
/// Moffat and Zobel, Rank-Biased Precision for Measurement of Retrieval Effectiveness, TOIS 27 (2008): (1 − p) Σ p^(rank − 1) over the
/// relevant documents, as cwl_eval, which ir_measures asks for it. Unjudged documents are not relevant: it is the lower bound.
enum RankBiasedPrecision: MeasureFormula {
    static let name = "RBP"
    static let trecName: (whole: String?, cut: String?) = (nil, nil)
    static let summary = "rank-biased precision of a reader with persistence p (0.8)"
    static let parameters: [MeasureParameter] = [.rel, .p]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        var sum = 0.0
        var weight = 1 - measure.parameters.persistence
        for grade in ranking.top(measure.cutoff) {
            if grade >= measure.minimumGrade { sum += weight }
            weight *= measure.parameters.persistence
        }
        return sum
    }
}
