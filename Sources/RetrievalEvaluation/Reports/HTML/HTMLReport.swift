/// An experiment's results as one HTML file that needs nothing else: no network, no script; light and dark; readable on a phone.
public enum HTMLReport {
    /// The file's text; it depends on the results alone.
    public static func text(_ results: ExperimentResults) -> String {
        let tables = ExperimentTables(results)
        let title = "\(results.dataset): retrieval before and after hard-negative mining"
        var body = "<h1>\(HTMLText.escaped(title))</h1>\n"
        body += "<p class=\"summary\">\(HTMLText.escaped(tables.summary))</p>\n"
        for note in results.notes { body += "<p class=\"warning\">\(HTMLText.escaped(note))</p>\n" }
        body += section(
            "Systems", tables.systems, caption: caption(results), note: "", highlighted: "after")
        body += charts(results)
        body += section(
            "Comparisons", tables.comparisons, caption: "Differences between systems", note: tables.comparisonNote)
        body += section(
            "Seen and unseen", tables.seenUnseen,
            caption: "Means over queries whose relevant documents training has seen or not",
            note: tables.leakNote, highlighted: "after")
        body += mining(results)
        body += section(
            "Queries that changed most", tables.cases, caption: "Queries that show the change from before to after",
            note: "")
        body += section("Timings", tables.timings, caption: "Wall-clock seconds by step", note: "")
        body += section("Provenance", tables.provenance, caption: "What is needed to repeat this", note: "")
        body += options(results)
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>\(HTMLText.escaped(title))</title>
            <style>
            \(HTMLStyle.text)
            </style>
            </head>
            <body>
            <main>
            \(body)</main>
            </body>
            </html>

            """
    }

    private static func caption(_ results: ExperimentResults) -> String {
        let seeds = results.seeds.count
        let means = seeds > 1 ? "means ± deviation over \(seeds) seeds" : "means over queries"
        return "All systems on the \(results.split) split, \(means)"
    }

    private static func section(
        _ title: String, _ table: ResultTable?, caption: String, note: String, highlighted: String? = nil
    ) -> String {
        guard let table, !table.rows.isEmpty else { return "" }
        let text = note.isEmpty ? "" : "<p class=\"note\">\(HTMLText.escaped(note))</p>\n"
        return "<section>\n<h2>\(HTMLText.escaped(title))</h2>\n" + text
            + HTMLText.table(table, caption: caption, highlighted: highlighted) + "</section>\n"
    }

    private static func charts(_ results: ExperimentResults) -> String {
        var html = ""
        for (place, measure) in results.measures.enumerated() {
            let name = measure.description
            let bars = results.systemNames.compactMap { system -> BarChart.Bar? in
                guard let result = results.systems[system], let value = result.measures[name] else { return nil }
                return BarChart.Bar(
                    title: ExperimentTables.title(system), value: value, interval: result.intervals?[name],
                    isMain: system == "after")
            }
            if bars.isEmpty { continue }
            let level = bars.lazy.compactMap(\.interval).first.map {
                ", with \(NumberText.fixed($0.level * 100, 0)) % bootstrap intervals over queries"
            }
            html += "<figure>\n<figcaption>\(HTMLText.escaped(name + (level ?? "")))</figcaption>\n"
            html += BarChart(title: name, bars: bars).svg(id: "c\(place)") + "</figure>\n"
        }
        return html
    }

    private static func mining(_ results: ExperimentResults) -> String {
        guard let mining = results.mining else { return "" }
        let tables = MiningTables(mining)
        var html = section("Mining", tables.rejections, caption: "Why candidates did not become negatives", note: "")
        let figures = tables.figures
        if !figures.rows.isEmpty {
            html += "<details>\n<summary>All mining figures</summary>\n"
            html += HTMLText.table(figures, caption: "The mining report") + "</details>\n"
        }
        return html
    }

    private static func options(_ results: ExperimentResults) -> String {
        guard let options = results.provenance.options else { return "" }
        let table = MiningTables(options).figures
        if table.rows.isEmpty { return "" }
        return "<details>\n<summary>All options</summary>\n" + HTMLText.table(table, caption: "Options")
            + "</details>\n"
    }
}
