/// What is measured of a ranking: a formula, an optional cut-off or level of recall, and parameters.
///
/// Written as in ir_measures: `nDCG@10`, `nDCG(dcg='exp-log2')@10`, `RR`, `R@100`, `AP(rel=2)@100`, `P(judged_only=True)@5`, `IPrec@0.5`,
/// `RBP(p=0.5)`, `SetF(beta=0.5)`. Where trec_eval 9.0.4 has a measure it is measured as there: an unjudged document counts as not
/// relevant, a negative grade as not relevant and without gain, and a query without any relevant document has the value 0.
/// The article Measures lists all formulas.
public struct Measure: Sendable, Hashable, CustomStringConvertible {
    /// The canonical name of the formula, such as `nDCG`.
    public let name: String
    /// How many documents from the top count; nil for the whole ranking.
    public let cutoff: Int?
    /// The level of recall of `IPrec@0.5`; nil for all other measures.
    public let recall: Double?
    let parameters: MeasureParameters
    let formula: any MeasureFormula.Type

    /// A measure in the grammar above, or by its name in trec_eval (`ndcg_cut_10`, `map`, `recip_rank`, `recall_100`, `P_5`, …).
    ///
    /// Throws a `MeasureError`; that of an unknown name lists the known ones.
    public init(_ text: String) throws {
        self = try MeasureGrammar.measure(text)
    }

    init(
        formula: any MeasureFormula.Type, cutoff: Int? = nil, recall: Double? = nil,
        parameters: MeasureParameters = .init()
    ) {
        name = formula.name
        self.cutoff = cutoff
        self.recall = recall
        self.formula = formula
        var parameters = parameters
        if parameters.rel == formula.standardGrade { parameters.rel = nil }
        self.parameters = parameters
    }

    /// The lowest grade that is relevant: 1, or what `rel=` says.
    ///
    /// nDCG and ERR have graded gains and ignore it.
    public var minimumGrade: Int { parameters.rel ?? 1 }

    /// How the values of the queries become the run's figure: the mean but for counts and geometric means.
    public var aggregation: MeasureAggregation { formula.aggregation }

    /// The measures of a list separated by white space or commas, without repetitions, in the order given.
    ///
    /// A trec_eval name may have several cut-offs: `ndcg_cut.10,100`.
    public static func list(_ text: String) throws -> [Measure] { try MeasureGrammar.list(text) }

    /// The value for one query.
    ///
    /// Complexity: O(retrieved + judged).
    public func value(of ranking: GradedRanking) -> Double {
        formula.value(of: parameters.judgedOnly ? ranking.judgedOnly : ranking, measure: self)
    }

    /// The value for a query that the run lacks, from the grades of its judged documents: 0 but for the counts NumQ and NumRel.
    public func valueOfMissing(judged: some Sequence<Int>) -> Double {
        formula.countsMissingQueries ? value(of: GradedRanking(grades: [], judged: Array(judged))) : 0
    }

    /// The canonical form, which `init(_:)` reads back: name, the parameters that are not the defaults, `@` and the cut-off.
    public var description: String {
        let position = cutoff.map { "@\($0)" } ?? recall.map { "@\($0)" } ?? ""
        return name + parameters.description + position
    }

    /// Whether two measures are the same.
    public static func == (one: Measure, other: Measure) -> Bool {
        one.name == other.name && one.cutoff == other.cutoff && one.recall == other.recall
            && one.parameters == other.parameters
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(cutoff)
        hasher.combine(recall)
        hasher.combine(parameters)
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
