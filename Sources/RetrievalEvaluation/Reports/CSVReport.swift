/// Results as CSV (RFC 4180: comma, double quotes where needed, CRLF after each row), one number a row, in full precision.
public enum CSVReport {
    /// `system,measure,seed,value`: a row for each seed, and one with the seed `mean`; a system without seeds has only the latter.
    public static func text(_ results: ExperimentResults) -> String {
        var csv = row(["system", "measure", "seed", "value"])
        for name in results.systemNames {
            guard let system = results.systems[name] else { continue }
            for measure in results.measures.map(\.description) {
                if system.perSeed.count == results.seeds.count, system.deviation != nil || results.seeds.count == 1 {
                    for (seed, values) in zip(results.seeds, system.perSeed) {
                        csv += row([name, measure, "\(seed)", number(values[measure])])
                    }
                }
                csv += row([name, measure, "mean", number(system.measures[measure])])
            }
        }
        return csv
    }

    /// `run,query,measure,value`: the values by query where the report has them, and the means with the query `all`, as in trec_eval.
    public static func text(_ report: EvaluationReport, measures: [Measure]) -> String {
        var csv = row(["run", "query", "measure", "value"])
        for run in report.runs {
            for (query, values) in ExperimentTables.sorted(run.byQuery ?? [:]) {
                for measure in measures.map(\.description) {
                    csv += row([run.name, query, measure, number(values[measure])])
                }
            }
            for measure in measures.map(\.description) {
                csv += row([run.name, "all", measure, number(run.measures[measure])])
            }
        }
        return csv
    }

    /// A row for each comparison; a field is empty where there is no such figure.
    public static func comparisons(_ comparisons: [Comparison]) -> String {
        var csv = row([
            "baseline", "run", "measure", "difference", "lower", "upper", "p", "p_corrected", "p_mixed", "effect_size",
            "minimum_detectable", "wins", "ties", "losses", "queries", "test", "correction",
        ])
        for comparison in comparisons {
            csv += row([
                comparison.baseline, comparison.run, comparison.measure.description, number(comparison.difference),
                number(comparison.interval?.lower), number(comparison.interval?.upper), number(comparison.p),
                number(comparison.pCorrected), number(comparison.pMixed), number(comparison.effectSize),
                number(comparison.minimumDetectable), "\(comparison.wins)", "\(comparison.ties)",
                "\(comparison.losses)",
                "\(comparison.queries)", comparison.test, comparison.correction.rawValue,
            ])
        }
        return csv
    }

    /// A row with its line end.
    static func row(_ fields: [String]) -> String { fields.map(field).joined(separator: ",") + "\r\n" }

    /// A field, quoted where it holds a comma, a quote or a line end.
    static func field(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = [",", "\"", "\r", "\n"]
        guard text.unicodeScalars.contains(where: special.contains) else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    /// The shortest decimal that reads back as the same number; nothing where there is none.
    private static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "" }
        return "\(value)"
    }
}
