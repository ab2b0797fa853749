/// One measure's formula and its place in the grammar.
///
/// A new measure is one file with a type of this kind and a line in `all`.
protocol MeasureFormula: Sendable {
    /// The canonical name, as in ir_measures.
    static var name: String { get }
    /// Other names with the same grammar, such as `MRR` for `RR`.
    static var aliases: [String] { get }
    /// trec_eval's name without its cut-off, and with one if it has another there; nil where trec_eval lacks it.
    static var trecName: (whole: String?, cut: String?) { get }
    /// What it tells, in one line.
    static var summary: String { get }
    /// Whether `@k` must be there.
    static var needsCutoff: Bool { get }
    /// Whether `rel=` changes it.
    static var acceptsMinimumGrade: Bool { get }
    /// The value for one query.
    static func value(of ranking: GradedRanking, measure: Measure) -> Double
}

extension MeasureFormula {
    static var aliases: [String] { [] }
    static var needsCutoff: Bool { false }
    static var acceptsMinimumGrade: Bool { true }
}

/// All formulas, in the order in which help lists them.
enum MeasureCatalog {
    static let all: [any MeasureFormula.Type] = [
        NormalizedDCG.self, ReciprocalRank.self, AveragePrecision.self, Precision.self, Recall.self, Success.self,
        JudgedShare.self,
    ]
}

extension Measure {
    /// Every measure's form and meaning, for help and error messages.
    public static var known: [(form: String, summary: String)] {
        MeasureCatalog.all.map { formula in
            let level = formula.acceptsMinimumGrade ? "[(rel=n)]" : ""
            return (formula.name + level + (formula.needsCutoff ? "@k" : "[@k]"), formula.summary)
        }
    }
}
