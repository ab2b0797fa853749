/// What is measured of a ranking: a formula, an optional cut-off, and the grade from which a document counts as relevant.
///
/// Written as in ir_measures: `nDCG@10`, `RR`, `RR@10`, `R@100`, `AP`, `AP@100`, `P@5`, `P(rel=2)@5`, `Success@5`, `Judged@10`. All
/// formulas follow trec_eval 9.0.4: an unjudged document counts as not relevant, a negative grade as not relevant and without gain, and a
/// query without any relevant document has the value 0.
public struct Measure: Sendable, Hashable, CustomStringConvertible {
    /// The canonical name of the formula, such as `nDCG`.
    public let name: String
    /// How many documents from the top count; nil for the whole ranking.
    public let cutoff: Int?
    /// The lowest grade that is relevant: 1, or what `rel=` says.
    ///
    /// nDCG has graded gains and ignores it.
    public let minimumGrade: Int
    let formula: any MeasureFormula.Type

    /// A measure in the grammar above, or by its name in trec_eval (`ndcg_cut_10`, `map`, `recip_rank`, `recall_100`, `P_5`, …).
    ///
    /// Throws a `MeasureError` that lists the known names.
    public init(_ text: String) throws {
        self = try MeasureGrammar.measure(text)
    }

    init(formula: any MeasureFormula.Type, cutoff: Int?, minimumGrade: Int = 1) {
        name = formula.name
        self.cutoff = cutoff
        self.minimumGrade = minimumGrade
        self.formula = formula
    }

    /// The measures of a list separated by white space or commas, without repetitions, in the order given.
    ///
    /// A trec_eval name may have several cut-offs: `ndcg_cut.10,100`.
    public static func list(_ text: String) throws -> [Measure] { try MeasureGrammar.list(text) }

    /// The value for one query.
    ///
    /// Complexity: O(retrieved + judged).
    public func value(of ranking: GradedRanking) -> Double { formula.value(of: ranking, measure: self) }

    /// The canonical form, which `init(_:)` reads back: name, `(rel=…)` where it isn't 1, `@` and the cut-off.
    public var description: String {
        let level = minimumGrade == 1 ? "" : "(rel=\(minimumGrade))"
        return name + level + (cutoff.map { "@\($0)" } ?? "")
    }

    /// Whether two measures are the same.
    public static func == (one: Measure, other: Measure) -> Bool {
        one.name == other.name && one.cutoff == other.cutoff && one.minimumGrade == other.minimumGrade
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(cutoff)
        hasher.combine(minimumGrade)
    }
}

extension Measure: Codable {
    /// Reads the canonical form from a string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
        }
    }

    /// Writes the canonical form as a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
