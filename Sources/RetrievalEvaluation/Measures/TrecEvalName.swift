/// The names that trec_eval gives to the measures: `ndcg`, `ndcg_cut_10`, `ndcg_cut.10,100`, `iprec_at_recall.0.5`, `set_F.0.5`, ….
enum TrecEvalName {
    /// The measures of a trec_eval name; nil where it is none.
    ///
    /// A name that needs cut-offs and has none is an error, but `iprec_at_recall` has trec_eval's eleven levels.
    static func measures(_ text: String) throws -> [Measure]? {
        if let measure = whole(text) { return [measure] }
        // "ndcg_cut_10" begins with "ndcg_" and "recip_rank_10" is not trec_eval's, but both read well.
        for formula in MeasureCatalog.all {
            guard let cut = formula.trecName.cut, text.hasPrefix(cut) else { continue }
            let rest = text.dropFirst(cut.count)
            if rest.isEmpty {
                if formula.name == cut { continue }
                if formula.position == .recall {
                    return InterpolatedPrecision.standardLevels.map { Measure(formula: formula, recall: $0) }
                }
                throw MeasureError(text: text, problem: "needs cut-offs, as in \(cut)_10 or \(cut).10,100")
            }
            guard let separator = rest.first, separator == "_" || separator == "." else { continue }
            return try rest.dropFirst().split(separator: ",", omittingEmptySubsequences: false).map {
                try measure(formula, argument: $0, in: text)
            }
        }
        return nil
    }

    private static func whole(_ text: String) -> Measure? {
        for formula in MeasureCatalog.all {
            if text == formula.trecName.whole { return Measure(formula: formula) }
            if let preset = formula.presets.first(where: { $0.trecName == text }) {
                return Measure(formula: formula, parameters: preset.parameters)
            }
        }
        return nil
    }

    /// The measure with what stands behind its name: a beta where it has one, else a cut-off or a level of recall.
    private static func measure(
        _ formula: any MeasureFormula.Type, argument: Substring, in text: String
    ) throws -> Measure {
        var parameters = MeasureParameters()
        if !formula.parameters.contains(.beta) {
            return try MeasureGrammar.measure(formula, parameters: parameters, position: argument, in: text)
        }
        try parameters.set(.beta, to: argument, in: text)
        return Measure(formula: formula, parameters: parameters)
    }
}
