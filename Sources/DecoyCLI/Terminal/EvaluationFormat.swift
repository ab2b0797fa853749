import ArgumentParser
import Decoy

/// The forms of an evaluation report.
enum EvaluationFormat: String, CaseIterable, ExpressibleByArgument {
    case table, json, markdown

    func render(_ report: EvaluationReport, measures: [Measure]) throws -> String {
        if self == .json { return try StableJSON.text(report) }
        var tables = [runs(report, measures)]
        if report.runs.contains(where: { $0.byQuery != nil }) { tables.append(byQuery(report, measures)) }
        if !report.comparisons.isEmpty { tables.append(comparisons(report)) }
        return tables.map { self == .table ? $0.text() : $0.markdown() }.joined(separator: "\n")
    }

    private func runs(_ report: EvaluationReport, _ measures: [Measure]) -> ResultTable {
        var table = ResultTable(
            columns: [.init("run", .left)] + measures.map { .init($0.description) } + [
                .init("queries"), .init("missing"),
            ])
        for run in report.runs {
            table.append(
                [run.name] + measures.map { fixed(run.measures[$0.description] ?? 0) }
                    + ["\(run.queries.judged)", "\(run.queries.missing)"])
        }
        return table
    }

    private func byQuery(_ report: EvaluationReport, _ measures: [Measure]) -> ResultTable {
        var table = ResultTable(
            columns: [.init("run", .left), .init("query", .left)] + measures.map { .init($0.description) })
        for run in report.runs {
            let rows = (run.byQuery ?? [:]).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (query, values) in rows {
                table.append([run.name, query] + measures.map { fixed(values[$0.description] ?? 0) })
            }
        }
        return table
    }

    private func comparisons(_ report: EvaluationReport) -> ResultTable {
        let titles = ["measure", "run", "baseline"].map { ResultTable.Column($0, .left) }
        var table = ResultTable(
            columns: titles + ["difference", "p", "p corrected", "wins", "ties", "losses"].map { .init($0) })
        for comparison in report.comparisons {
            table.append([
                comparison.measure.description, comparison.run, comparison.baseline,
                (comparison.difference < 0 ? "" : "+") + fixed(comparison.difference) + comparison.mark,
                fixed(comparison.p), fixed(comparison.pCorrected), "\(comparison.wins)", "\(comparison.ties)",
                "\(comparison.losses)",
            ])
        }
        return table
    }

    private func fixed(_ value: Double) -> String { NumberText.fixed(value) }
}
