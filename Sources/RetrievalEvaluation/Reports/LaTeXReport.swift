/// Results as LaTeX tables to be put into a paper: `\input` after `\usepackage{booktabs}` and `\usepackage{textcomp}`.
public enum LaTeXReport {
    /// The tables of systems, comparisons, seen and unseen queries, unjudged documents and options; those without rows are left out.
    public static func text(_ results: ExperimentResults) -> String {
        let tables = ExperimentTables(results)
        let place = "\(results.dataset), \(results.split) split"
        return joined([
            table(tables.systems, "Systems on \(place). \(tables.systemsNote)", "systems"),
            table(
                tables.comparisons, "Differences between systems on \(place). \(tables.comparisonNote)", "comparisons"),
            table(tables.seenUnseen, "Seen and unseen queries of \(place). \(tables.leakNote)", "seen"),
            table(tables.unjudgedBounds, "Unjudged documents of \(place). \(tables.unjudgedNote)", "unjudged"),
            table(tables.ablations, "Options. \(tables.ablationNote)", "ablation"),
        ])
    }

    /// The tables of runs and of comparisons.
    public static func text(_ report: EvaluationReport, measures: [Measure]) -> String {
        let tables = EvaluationTables(report, measures: measures)
        return joined([
            table(tables.runs, "Runs by \(report.qrels). \(tables.runsNote)", "runs"),
            table(tables.comparisons, "Differences between runs. \(tables.comparisonNote)", "comparisons"),
        ])
    }

    private static func table(_ table: ResultTable?, _ caption: String, _ label: String) -> String {
        guard let table else { return "" }
        var caption = caption
        while caption.last == " " { caption.removeLast() }
        return LaTeXText.table(table, caption: caption, label: label)
    }

    private static func joined(_ tables: [String]) -> String {
        "% Needs \\usepackage{booktabs} and \\usepackage{textcomp}.\n"
            + tables.filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
