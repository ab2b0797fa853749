/// One measure's formula and its place in the grammar.
///
/// A new measure is one file with a type of this kind and a line in `MeasureCatalog`.
protocol MeasureFormula: Sendable {
    /// The canonical name, as in ir_measures.
    static var name: String { get }
    /// Other names with the same grammar, such as `MRR` for `RR`.
    static var aliases: [String] { get }
    /// Names that stand for the formula with parameters, such as `NumRelRet` for `NumRet(rel=1)`.
    static var presets: [MeasurePreset] { get }
    /// trec_eval's name without its cut-off, and with one if it has another there; nil where trec_eval lacks it.
    static var trecName: (whole: String?, cut: String?) { get }
    /// What it tells, in one line.
    static var summary: String { get }
    /// What may stand behind `@`.
    static var position: MeasurePosition { get }
    /// The parameters that change it.
    static var parameters: [MeasureParameter] { get }
    /// The lowest relevant grade where `rel=` is not given; nil if the value is another thing then.
    static var standardGrade: Int? { get }
    /// How the values of the queries become one figure.
    static var aggregation: MeasureAggregation { get }
    /// Whether a query that the run lacks has a value other than 0.
    static var countsMissingQueries: Bool { get }
    /// The value for one query.
    static func value(of ranking: GradedRanking, measure: Measure) -> Double
}

extension MeasureFormula {
    static var aliases: [String] { [] }
    static var presets: [MeasurePreset] { [] }
    static var position: MeasurePosition { .cutoff }
    static var parameters: [MeasureParameter] { [.rel, .judgedOnly] }
    static var standardGrade: Int? { 1 }
    static var aggregation: MeasureAggregation { .mean }
    static var countsMissingQueries: Bool { false }
}

/// What may stand behind a measure's `@`.
enum MeasurePosition: Sendable, Hashable {
    /// Nothing: the measure is of the whole ranking.
    case none
    /// A cut-off, or nothing for the whole ranking.
    case cutoff
    /// A cut-off, which must be there.
    case requiredCutoff
    /// A level of recall between 0 and 1, which must be there.
    case recall
}

/// A name that stands for a formula with parameters.
struct MeasurePreset: Sendable, Hashable {
    var name: String
    var trecName: String
    var parameters: MeasureParameters
}
