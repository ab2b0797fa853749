/// The tables of an evaluation's reports.
struct EvaluationTables {
    private let report: EvaluationReport
    private let measures: [Measure]

    /// The tables of a report with the measures in the order given.
    init(_ report: EvaluationReport, measures: [Measure]) {
        self.report = report
        self.measures = measures
    }

    /// One row a run, one column a measure, then how many queries were judged and how many of them the run lacks.
    ///
    /// The best value of a column stands out, and marks show which runs differ from the baseline of their comparison.
    var runs: ResultTable {
        var table = ResultTable(
            columns: [.init("run", .left)] + measures.map { .init($0.description) } + [
                .init("queries"), .init("missing"),
            ])
        for run in report.runs {
            table.append(
                [run.name] + measures.map { value(run, $0) } + ["\(run.queries.judged)", "\(run.queries.missing)"])
        }
        for (column, measure) in measures.enumerated() {
            for row in MeasureText.best(report.runs.map { $0.measures[measure.description] }, measure) {
                table.emphasize(row: row, column: column + 1)
            }
        }
        return table
    }

    /// What the table of runs shows beside numbers.
    var runsNote: String {
        var note = report.runs.count > 1 ? "The best value of a column is bold. " : ""
        if let baseline {
            note +=
                "Marks tell how surely a run differs from “\(baseline)”: * p < 0.05, ** p < 0.01, *** p < 0.001 (corrected). "
        }
        return note + MeasureExplanation.sentences(measures)
    }

    /// One row a comparison.
    var comparisons: ResultTable { ComparisonTable(report.comparisons, isSeeded: false).table }

    /// What the columns of the comparisons mean.
    var comparisonNote: String { ComparisonTable(report.comparisons, isSeeded: false).note }

    /// The baseline where all comparisons have the same; else nil.
    private var baseline: String? {
        let names = Set(report.comparisons.map(\.baseline))
        return names.count == 1 ? names.first : nil
    }

    private func value(_ run: EvaluationReport.RunResult, _ measure: Measure) -> String {
        guard let value = run.measures[measure.description] else { return "–" }
        let comparison = report.comparisons.first {
            $0.baseline == baseline && $0.run == run.name && $0.measure == measure
        }
        return MeasureText.value(value, measure) + (comparison?.mark ?? "")
    }
}
