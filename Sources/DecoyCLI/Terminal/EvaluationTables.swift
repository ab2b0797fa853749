import Decoy

/// An evaluation for people: the runs' means, and how they differ from the baseline.
struct EvaluationTables {
    let report: EvaluationReport
    let evaluations: [Evaluation]

    private var measures: [Measure] { evaluations.first?.measures ?? [] }

    /// All tables, with a legend of what is not plain.
    func text(_ style: TextStyle) -> String {
        var parts = [style.text(of: runs(style))]
        if report.runs.contains(where: { $0.byQuery != nil }) { parts.append(style.text(of: byQuery())) }
        if !report.comparisons.isEmpty {
            let comparisons = ComparisonTables(comparisons: report.comparisons, evaluations: evaluations)
            parts.append(style.text(of: comparisons.differences(style)))
            parts.append(style.text(of: comparisons.changes(style)))
            parts.append(comparisons.legend(style))
        }
        return parts.joined(separator: "\n")
    }

    /// The means, with marks where a run differs from the baseline.
    private func runs(_ style: TextStyle) -> ResultTable {
        var table = ResultTable(
            columns: [.init("run", .left)] + measures.map { .init($0.description) } + [
                .init("queries"), .init("missing"),
            ])
        for (row, run) in report.runs.enumerated() {
            table.append(
                [Console.printable(run.name)] + measures.map { mean($0, of: run, style) }
                    + ["\(run.queries.judged)", "\(run.queries.missing)"])
            for (column, measure) in measures.enumerated() where isBest(measure, run) {
                table.emphasize(row: row, column: column + 1)
            }
        }
        return table
    }

    private func mean(_ measure: Measure, of run: EvaluationReport.RunResult, _ style: TextStyle) -> String {
        let comparisons = report.comparisons.filter { $0.measure == measure }
        let width = comparisons.map(\.mark.count).max() ?? 0
        let comparison = comparisons.first { $0.run == run.name }
        let number = NumberText.value(run.measures[measure.description] ?? 0, of: measure)
        return (isBest(measure, run) ? style.bold(number) : number)
            + ComparisonTables.mark(comparison, width: width, style)
    }

    /// Whether a run has the highest figure of several; counts have no best one.
    private func isBest(_ measure: Measure, _ run: EvaluationReport.RunResult) -> Bool {
        func value(_ run: EvaluationReport.RunResult) -> Double { run.measures[measure.description] ?? 0 }
        return report.runs.count > 1 && measure.aggregation != .sum && value(run) == report.runs.map(value).max()
    }

    private func byQuery() -> ResultTable {
        var table = ResultTable(
            columns: [.init("run", .left), .init("query", .left)] + measures.map { .init($0.description) })
        for run in report.runs {
            let rows = (run.byQuery ?? [:]).sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (query, values) in rows {
                table.append(
                    [Console.printable(run.name), Console.printable(query)]
                        + measures.map { NumberText.value(values[$0.description] ?? 0, of: $0) })
            }
        }
        return table
    }
}
