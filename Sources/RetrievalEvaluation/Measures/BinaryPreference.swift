/// Bpref: how many of the first R judged non-relevant documents stand behind each relevant one.
///
/// Buckley and Voorhees, Retrieval Evaluation with Incomplete Information, SIGIR 2004, as trec_eval's `bpref`: the mean over the R
/// relevant documents of 1 − min(n, R) / min(N, R), with n the judged non-relevant documents above and N all of them. Non-relevant is
/// a grade from 0 to below `rel`; unjudged documents and negative grades are passed over.
enum BinaryPreference: MeasureFormula {
    static let name = "Bpref"
    static let aliases = ["BPref"]
    static let trecName: (whole: String?, cut: String?) = ("bpref", nil)
    static let summary = "share of judged pairs in the right order; skips unjudged ones"
    static let position = MeasurePosition.none
    static let parameters: [MeasureParameter] = [.rel]

    static func value(of ranking: GradedRanking, measure: Measure) -> Double {
        let level = measure.minimumGrade
        let relevant = ranking.relevantCount(minimumGrade: level)
        if relevant == 0 { return 0 }
        let nonRelevant = ranking.relevantCount(minimumGrade: 0) - relevant
        var sum = 0.0
        var above = 0
        for grade in ranking.grades {
            if grade >= level {
                sum += above == 0 ? 1 : 1 - Double(min(above, relevant)) / Double(min(nonRelevant, relevant))
            } else if grade >= 0 {
                above += 1
            }
        }
        return sum / Double(relevant)
    }
}
