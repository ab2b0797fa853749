/// All formulas, in the order in which help lists them.
enum MeasureCatalog {
    static let all: [any MeasureFormula.Type] = [
        NormalizedDCG.self, ReciprocalRank.self, AveragePrecision.self, Precision.self, Recall.self, Success.self,
        JudgedShare.self, RPrecision.self, BinaryPreference.self, InferredAP.self, InterpolatedPrecision.self,
        ElevenPointAverage.self, RankBiasedPrecision.self, ExpectedReciprocalRank.self, SetPrecision.self,
        SetRecall.self, SetF.self, SetAveragePrecision.self, Accuracy.self, GeometricAP.self,
        GeometricBinaryPreference.self, QueryCount.self, RetrievedCount.self, RelevantCount.self,
    ]
}

/// A measure as help lists it.
public struct KnownMeasure: Sendable, Hashable {
    /// The name with what may stand behind it: `nDCG[@k]`, `P@k`, `IPrec@recall`.
    public var form: String
    /// The parameters that it takes in parentheses.
    public var parameters: [MeasureParameter]
    /// trec_eval's names for it, such as `ndcg_cut_k`; empty where trec_eval lacks it.
    public var trecNames: [String]
    /// What it tells, in one line.
    public var summary: String

    init(_ formula: any MeasureFormula.Type) {
        let position =
            switch formula.position {
            case .none: ""
            case .cutoff: "[@k]"
            case .requiredCutoff: "@k"
            case .recall: "@recall"
            }
        form = formula.name + position
        parameters = formula.parameters
        let argument = formula.position == .recall ? "x" : formula.parameters.contains(.beta) ? "beta" : "k"
        trecNames =
            [formula.trecName.whole, formula.trecName.cut.map { "\($0)_\(argument)" }].compactMap(\.self)
            + formula.presets.map(\.trecName)
        summary = formula.summary
    }
}

extension Measure {
    /// Every measure's form and meaning, for help and error messages.
    public static var known: [KnownMeasure] { MeasureCatalog.all.map { KnownMeasure($0) } }
}
