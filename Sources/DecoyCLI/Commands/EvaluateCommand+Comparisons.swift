import Decoy

extension EvaluateCommand {
    /// Refuses what cannot be compared.
    func checkComparisons() throws {
        if allPairs, baseline != nil {
            throw UsageProblem("--all-pairs and --baseline exclude each other; give one of them")
        }
        if allPairs, runs.count < 2 { throw UsageProblem("--all-pairs compares runs; give two or more") }
        if unjudged, runs.contains("-") || baseline == "-" {
            throw UsageProblem("--unjudged reads each run twice, which standard input cannot do; give a file")
        }
    }

    /// The pairs of runs that are compared: the others with the baseline, or each with those before it; none where neither is asked for.
    func comparedPairs(
        _ evaluations: [Evaluation], baseline: String?
    ) throws -> [(baseline: Evaluation, run: Evaluation)] {
        if allPairs {
            return evaluations.indices.flatMap { later in
                evaluations[..<later].map { (baseline: $0, run: evaluations[later]) }
            }
        }
        guard let base = evaluations.first(where: { $0.name == baseline }) else { return [] }
        return evaluations.filter { $0.name != baseline }.map { (baseline: base, run: $0) }
    }

    /// What nobody judged, for the first measure; the runs are read whole for it.
    func unjudgedReport(
        _ qrels: Qrels, _ files: [String], _ pairs: [(baseline: Evaluation, run: Evaluation)], _ measures: [Measure],
        _ options: EvaluationOptions
    ) throws -> UnjudgedReport {
        let systems = try files.map { file in
            UnjudgedReport.System(name: RunNames.name(of: file, among: files), runs: [try RunReader.read(file)])
        }
        return try UnjudgedReport(
            qrels: qrels, systems: systems, pairs: pairs.map { ($0.baseline.name, $0.run.name) },
            measure: measures.first, options: options)
    }
}

extension UnjudgedReport {
    /// One line a system and one a difference.
    var lines: String {
        var lines = shares.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, share in
            "\(name): \(NumberText.fixed(share * 100, 1)) % of the first \(depth) documents are unjudged"
        }
        func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + NumberText.fixed(value) }
        for bound in bounds {
            lines.append(
                "\(measure) of \(bound.run) minus \(bound.baseline): \(signed(bound.difference)); at worst "
                    + "\(signed(bound.pessimistic)), at best \(signed(bound.optimistic)), if unjudged documents that only one of "
                    + "them ranks high were relevant")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}
