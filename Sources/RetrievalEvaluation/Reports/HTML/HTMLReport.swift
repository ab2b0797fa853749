/// An experiment's results as one HTML file that needs nothing else: no network, no script; light and dark; readable on a phone.
public enum HTMLReport {
    /// The file's text; it depends on the results alone.
    public static func text(_ results: ExperimentResults) -> String {
        let tables = ExperimentTables(results)
        let charts = HTMLCharts(results)
        var lead = HTMLText.paragraph(tables.summary, style: "summary")
        for note in results.notes { lead += HTMLText.paragraph(note, style: "warning") }
        let systems = HTMLText.table(tables.systems, caption: caption(results), highlighted: "after")
        return HTMLPage(
            title: "\(results.dataset): retrieval before and after hard-negative mining", lead: lead,
            sections: [
                .init("systems", "Systems", noted(systems, after: tables.systemsNote)),
                .init("change", "Before and after", charts.beforeAndAfter),
                .init("queries", "Change per query", charts.changes),
                .init("cases", "Queries that changed most", HTMLCases(results).html),
                .init("depth", "Recall and precision", charts.curves),
                .init("hardness", "Hardness of negatives", charts.hardness),
                .init("learning", "Learning curves", charts.learning),
                .init("comparisons", "Comparisons", comparisons(tables.comparisons, note: tables.comparisonNote)),
                .init("seen", "Seen and unseen", seen(tables)),
                .init("unjudged", "Unjudged documents", unjudged(tables)),
                .init("choices", "Chosen on dev", results.choices.map { HTMLText.paragraph($0) }.joined()),
                .init(
                    "ablation", "Other options",
                    noted(before: tables.ablationNote, HTMLText.table(tables.ablations, caption: "Options on dev"))),
                .init("mining", "Mining", mining(results)),
                .init("timings", "Timings", HTMLText.table(tables.timings, caption: "Wall-clock seconds by step")),
                .init("provenance", "Provenance", provenance(results, tables)),
            ]
        ).text
    }

    /// The section of comparisons; empty without any.
    static func comparisons(_ table: ResultTable, note: String) -> String {
        noted(before: note, HTMLText.table(table, caption: "Differences between systems"))
    }

    private static func caption(_ results: ExperimentResults) -> String {
        let seeds = results.seeds.count
        let means = seeds > 1 ? "means ± deviation over \(seeds) seeds" : "means over queries"
        return "All systems on the \(results.split) split, \(means)"
    }

    private static func noted(before note: String = "", _ html: String, after legend: String = "") -> String {
        if html.isEmpty { return "" }
        return HTMLText.paragraph(note, style: "note") + html + HTMLText.paragraph(legend, style: "note")
    }

    private static func seen(_ tables: ExperimentTables) -> String {
        var html = HTMLText.paragraph(tables.leakNote)
        if let table = tables.seenUnseen {
            html += HTMLText.table(
                table, caption: "Means over queries whose relevant documents training has seen or not",
                highlighted: "after")
        }
        if let pairs = tables.nearDuplicates {
            html += HTMLText.details(
                "Queries that a train query nearly equals", HTMLText.table(pairs, caption: "Near duplicates"))
        }
        if let pairs = tables.identicalQueries {
            html += HTMLText.details(
                "Queries with the text of a train query", HTMLText.table(pairs, caption: "Identical queries"))
        }
        return html
    }

    private static func unjudged(_ tables: ExperimentTables) -> String {
        guard let shares = tables.unjudgedShares, let bounds = tables.unjudgedBounds else { return "" }
        return HTMLText.paragraph(tables.unjudgedNote)
            + HTMLText.table(shares, caption: "Documents at the top that nobody judged, mean over queries")
            + HTMLText.table(bounds, caption: "What each difference could be")
    }

    private static func mining(_ results: ExperimentResults) -> String {
        guard let mining = results.mining else { return "" }
        let tables = MiningTables(mining)
        var html = miningSummary(mining)
        if let rejections = tables.rejections {
            html += HTMLText.table(rejections, caption: "Why candidates did not become negatives")
        }
        return html
            + HTMLText.details("All mining figures", HTMLText.table(tables.figures, caption: "The mining report"))
    }

    private static func provenance(_ results: ExperimentResults, _ tables: ExperimentTables) -> String {
        var html = ""
        if !results.provenance.command.isEmpty {
            html += "<p>To repeat this experiment:</p>\n<pre>\(HTMLText.escaped(results.provenance.command))</pre>\n"
        }
        html += HTMLText.table(tables.provenance, caption: "Versions, seeds and inputs")
        if let options = tables.options {
            html += HTMLText.details("All options", HTMLText.table(options, caption: "Options"))
        }
        return html
    }
}
