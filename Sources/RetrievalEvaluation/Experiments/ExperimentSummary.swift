/// Says in a sentence or two what an experiment showed.
enum ExperimentSummary {
    /// The sentence for the first measure; it says so where a difference may be chance, and where figures are missing.
    static func sentence(_ results: ExperimentResults) -> String {
        let place = "On \(results.dataset) (\(results.split) split, \(seeds(results.seeds.count)))"
        guard let measure = results.measures.first, let after = value("after", measure, results) else {
            return place + " no system was trained with mined negatives."
        }
        var clauses: [String] = []
        for (baseline, words) in [
            ("before", "training with in-batch negatives alone"), ("control", "the same number of random negatives"),
            ("bm25", "BM25"),
        ] {
            guard let old = value(baseline, measure, results) else { continue }
            clauses.append("\(words) \(NumberText.fixed(old))\(certainty(baseline, measure, results, after - old))")
        }
        let start = "\(place) training with mined hard negatives reaches \(measure) \(NumberText.fixed(after))"
        return clauses.isEmpty ? start + "." : start + "; " + clauses.joined(separator: "; ") + "."
    }

    private static func value(_ system: String, _ measure: Measure, _ results: ExperimentResults) -> Double? {
        results.systems[system]?.measures[measure.description]
    }

    private static func certainty(
        _ baseline: String, _ measure: Measure, _ results: ExperimentResults, _ difference: Double
    ) -> String {
        let change = NumberText.signed(difference)
        guard let comparison = results.comparison(baseline, "after", measure) else { return " (\(change))" }
        let chance = comparison.pCorrected < 0.05 ? "" : ", which may be chance"
        return " (\(change), \(NumberText.pRelation(comparison.pCorrected))\(chance))"
    }

    private static func seeds(_ count: Int) -> String { count == 1 ? "1 seed" : "\(count) seeds" }
}
