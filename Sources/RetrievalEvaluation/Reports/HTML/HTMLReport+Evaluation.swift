extension HTMLReport {
    /// An evaluation as one page: the runs, a bar for each on each measure, and the comparisons.
    public static func text(_ report: EvaluationReport, measures: [Measure]) -> String {
        let tables = EvaluationTables(report, measures: measures)
        let runs = HTMLText.table(tables.runs, caption: "All runs, means over queries")
        let figures = measures.enumerated().map { place, measure in
            let bars = report.runs.compactMap { run in
                run.measures[measure.description].map {
                    BarChart.Bar(title: run.name, value: $0, interval: nil, isMain: false)
                }
            }
            return bars.isEmpty
                ? ""
                : HTMLText.figure(
                    measure.description, BarChart(title: measure.description, bars: bars).svg(id: "bars\(place)"))
        }.joined()
        let coverage = report.runs.map {
            "<li>\(HTMLText.escaped("\($0.name): \($0.queries.summary(report.options.queries))"))</li>\n"
        }
        return HTMLPage(
            title: "Evaluation by \(report.qrels)",
            sections: [
                .init("runs", "Runs", runs.isEmpty ? "" : runs + HTMLText.paragraph(tables.runsNote, style: "note")),
                .init("measures", "Measures", figures.isEmpty ? "" : "<div class=\"charts\">\n\(figures)</div>\n"),
                .init("comparisons", "Comparisons", comparisons(tables.comparisons, note: tables.comparisonNote)),
                .init("coverage", "Queries", coverage.isEmpty ? "" : "<ul>\n\(coverage.joined())</ul>\n"),
            ]
        ).text
    }
}
