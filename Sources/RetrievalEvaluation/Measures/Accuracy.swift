/// Accuracy: the share of pairs of a relevant and a non-relevant retrieved document in which the relevant one stands higher.
///
/// As ir_measures: unjudged documents are not relevant, and documents that were not retrieved do not count. Where all are relevant it
/// is 1 (ir_measures divides by 0), where none is it is 0 (ir_measures leaves the query out of the mean).
enum Accuracy: MeasureFormula {
    static let name = "Accuracy"
    static let trecName: (whole: String?, cut: String?) = (nil, nil)
    static let summary = "share of retrieved pairs with the relevant document first"
    static let parameters: [MeasureParameter] = [.rel]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        var (relevant, nonRelevant, wrong) = (0.0, 0.0, 0.0)
        for grade in ranking.top(measure.cutoff) {
            if grade >= measure.minimumGrade {
                relevant += 1
                wrong += nonRelevant
            } else {
                nonRelevant += 1
            }
        }
        if relevant == 0 { return 0 }
        return nonRelevant == 0 ? 1 : 1 - wrong / (nonRelevant * relevant)
    }
}
