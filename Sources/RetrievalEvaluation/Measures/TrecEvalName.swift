/// The names that trec_eval gives to the measures: `ndcg`, `ndcg_cut_10`, `ndcg_cut.10,100`, `map`, `recip_rank`, `P_5`, ….
enum TrecEvalName {
    /// The measures of a trec_eval name; nil where it is none.
    ///
    /// A name that needs cut-offs and has none is an error.
    static func measures(_ text: String) throws -> [Measure]? {
        for formula in MeasureCatalog.all {
            if let whole = formula.trecName.whole, text == whole { return [Measure(formula: formula, cutoff: nil)] }
        }
        // "ndcg_cut_10" begins with "ndcg_" and "recip_rank_10" is not trec_eval's, but both read well.
        for formula in MeasureCatalog.all {
            guard let cut = formula.trecName.cut, text.hasPrefix(cut) else { continue }
            let rest = text.dropFirst(cut.count)
            if rest.isEmpty {
                if formula.name == cut { continue }
                throw MeasureError(text: text, problem: "needs cut-offs, as in \(cut)_10 or \(cut).10,100")
            }
            guard let separator = rest.first, separator == "_" || separator == "." else { continue }
            return try rest.dropFirst().split(separator: ",", omittingEmptySubsequences: false).map {
                Measure(formula: formula, cutoff: try MeasureGrammar.number($0, "the cut-off", in: text))
            }
        }
        return nil
    }
}
