/// infAP: average precision estimated where only a sample of the pool was judged.
///
/// Yilmaz and Aslam, Estimating Average Precision with Incomplete and Imperfect Judgments, CIKM 2006, as trec_eval's `infAP`: a negative
/// grade says that the document was in the pool and not judged, a document without a grade was not in the pool. At each relevant
/// document of rank r the expected precision is 1/r + (r − 1)/r · pooled/(r − 1) · (relevant + ε)/(judged + 2ε), counted above it, with
/// ε = 0.00001.
enum InferredAP: MeasureFormula {
    static let name = "infAP"
    static let trecName: (whole: String?, cut: String?) = ("infAP", nil)
    static let summary = "inferred AP, for pools of which a sample was judged"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel]
    private static let epsilon = 0.00001

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let level = measure.minimumGrade
        let relevant = ranking.relevantCount(minimumGrade: level)
        if relevant == 0 { return 0 }
        var sum = 0.0
        var rank = 1.0
        var (found, nonRelevant, pooled) = (0.0, 0.0, 0.0)
        for grade in ranking.grades {
            if grade >= level {
                sum += 1 / rank
                if rank > 1 {
                    let share = (found + epsilon) / (found + nonRelevant + 2 * epsilon)
                    sum += (found + nonRelevant + pooled) / rank * share
                }
                found += 1
            } else if grade >= 0 {
                nonRelevant += 1
            } else if grade != GradedRanking.unjudged {
                pooled += 1
            }
            rank += 1
        }
        return sum / Double(relevant)
    }
}
