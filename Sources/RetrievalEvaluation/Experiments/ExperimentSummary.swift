/// Says in a few sentences what an experiment showed, for a reader who reads nothing else.
enum ExperimentSummary {
    /// The sentences for the first measure; they say so where a difference may be chance, and where figures are missing.
    static func sentence(_ results: ExperimentResults) -> String {
        let place = "On \(results.dataset) (\(results.split) split, \(seeds(results.seeds.count)))"
        guard let measure = results.measures.first, let after = value("after", measure, results) else {
            return place + " no system was trained with mined negatives."
        }
        var sentences = [place + " " + main(results, measure, after) + "."]
        let others = [("control", "training with as many random negatives"), ("bm25", "BM25")].compactMap {
            name, words in
            value(name, measure, results).map { old in
                "\(words) (\(NumberText.fixed(old))) the difference is \(certainty(name, measure, results, after - old))"
            }
        }
        if !others.isEmpty { sentences.append("Against \(others.joined(separator: "; against ")).") }
        if let limit = limit(results, measure) { sentences.append(limit) }
        return sentences.joined(separator: " ")
    }

    private static func main(_ results: ExperimentResults, _ measure: Measure, _ after: Double) -> String {
        let what = "training with mined hard negatives"
        guard let before = value("before", measure, results) else {
            return "\(what) reaches \(measure) \(NumberText.fixed(after))"
        }
        let values = "from \(NumberText.fixed(before)) to \(NumberText.fixed(after))"
        let comparison = results.comparison("before", "after", measure)
        var text = "\(what) "
        if let comparison, comparison.pCorrected >= 0.05 || (comparison.pMixed ?? 0) >= 0.05 {
            text += "moves \(measure) \(values) (\(certainty("before", measure, results, after - before)))"
        } else {
            text += "\(after < before ? "lowers" : after > before ? "raises" : "leaves") \(measure) "
            text += after == before ? "at \(NumberText.fixed(after))" : "\(values)"
            text += after == before ? "" : " (\(certainty("before", measure, results, after - before)))"
        }
        guard let comparison else { return text }
        return text + ": of \(ExperimentTables.queries(comparison.queries)) \(comparison.wins) got better, "
            + "\(comparison.losses) got worse, \(comparison.ties) stayed equal"
    }

    /// How small a difference would go unnoticed, where the change from before to after may be chance.
    private static func limit(_ results: ExperimentResults, _ measure: Measure) -> String? {
        guard let comparison = results.comparison("before", "after", measure), comparison.pCorrected >= 0.05,
            let least = comparison.minimumDetectable
        else { return nil }
        return
            "With \(ExperimentTables.queries(comparison.queries)) only a change of about \(NumberText.fixed(least)) or more "
            + "would be found with a chance of 0.8; a smaller one may be there and not show."
    }

    private static func value(_ system: String, _ measure: Measure, _ results: ExperimentResults) -> Double? {
        results.systems[system]?.measures[measure.description]
    }

    private static func certainty(
        _ baseline: String, _ measure: Measure, _ results: ExperimentResults, _ difference: Double
    ) -> String {
        let change = NumberText.signed(difference)
        guard let comparison = results.comparison(baseline, "after", measure) else { return change }
        let p = NumberText.pRelation(comparison.pCorrected)
        if comparison.pCorrected >= 0.05 { return "\(change), \(p), which may be chance" }
        // Sure for these seeds only: others may give another difference.
        if let mixed = comparison.pMixed, mixed >= 0.05 {
            return "\(change), \(p) with these seeds but \(NumberText.pRelation(mixed)) with any, so it may be chance"
        }
        return "\(change), \(p)"
    }

    private static func seeds(_ count: Int) -> String { count == 1 ? "1 seed" : "\(count) seeds" }
}
