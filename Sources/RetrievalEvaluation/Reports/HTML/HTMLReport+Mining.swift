import RetrievalData

extension HTMLReport {
    /// A report of `decoy mine` as one page: what became of the candidates and why, how hard the negatives are, and examples.
    ///
    /// `mining` is the report's JSON; throws `DecodingError` where it is something else.
    public static func text(mining: JSONTree) throws -> String {
        let results = try MiningResults(mining)
        let sentences = MiningSentences(results: results)
        let tables = MiningDetailTables(results: results)
        var lead = HTMLText.paragraph(sentences.summary, style: "summary")
        for note in results.notes ?? [] { lead += HTMLText.paragraph(note, style: "note") }
        for warning in sentences.warnings { lead += HTMLText.paragraph(warning, style: "warning") }
        return HTMLPage(
            title: results.sources == nil ? "Hard negatives of \(results.name)" : "Hard negatives of a mixture",
            lead: lead,
            sections: [
                .init("fates", "Fates of the candidates", fates(tables)),
                .init("scores", "Scores", scores(results)),
                .init("hardness", "Hardness over rank", ranks(results)),
                .init("estimate", "Unlabelled positives", estimate(results)),
                .init("short", "Too few survivors", short(sentences, tables)),
                .init("examples", "Examples", MiningExamples(results).html),
                .init("provenance", "Provenance", provenance(results, tables, mining)),
            ]
        ).text
    }

    /// What an experiment's page shows of mining beside its counts; empty where the report has no details.
    static func miningSummary(_ mining: JSONTree) -> String {
        guard let results = try? MiningResults(mining), results.fates != nil else { return "" }
        return HTMLText.paragraph(MiningSentences(results: results).summary) + scores(results) + ranks(results)
    }

    private static func fates(_ tables: MiningDetailTables) -> String {
        (tables.sources.map { HTMLText.table($0, caption: "Sources") } ?? "")
            + (tables.fates.map {
                HTMLText.table($0, caption: "What became of the candidates, positives left out", highlighted: "kept")
            } ?? "")
            + (tables.fatesBySource.map {
                HTMLText.table($0, caption: "Candidates of each source by fate", highlighted: "kept")
            } ?? "")
    }

    /// The charts of each source under its name, or of the only one.
    private static func bySource(
        _ results: MiningResults, note: String, _ body: (MiningResults, String) -> String
    ) -> String {
        let parts = results.sources ?? [results]
        let bodies = parts.enumerated().map { place, part in
            let html = body(part, "source\(place)")
            return html.isEmpty || results.sources == nil
                ? html : "<h3>\(HTMLText.escaped(part.retriever))</h3>\n\(html)"
        }.joined()
        return bodies.isEmpty ? "" : HTMLText.paragraph(note, style: "note") + bodies
    }

    private static func scores(_ results: MiningResults) -> String {
        bySource(results, note: MiningSentences(results: results).scoresNote) { part, id in
            MiningCharts(results: part, id: id).scores
                + HTMLText.table(MiningDetailTables(results: part).scores, caption: "Scores")
        }
    }

    private static func ranks(_ results: MiningResults) -> String {
        bySource(results, note: MiningSentences(results: results).ranksNote) { part, id in
            let charts = MiningCharts(results: part, id: id).ranks
            guard !charts.isEmpty, let table = MiningDetailTables(results: part).ranks else { return "" }
            return charts
                + HTMLText.details(
                    "The numbers of these charts", HTMLText.table(table, caption: "Candidates by rank"))
        }
    }

    private static func estimate(_ results: MiningResults) -> String {
        let parts = results.sources ?? [results]
        return parts.compactMap { part in
            part.falseNegativeEstimate.map { estimate in
                let table = MiningEstimateTable(estimate: estimate)
                return (results.sources == nil ? "" : "<h3>\(HTMLText.escaped(part.retriever))</h3>\n")
                    + HTMLText.paragraph(table.sentence)
                    + HTMLText.table(table.calibration, caption: "Predicted and observed shares of hidden positives")
            }
        }.joined()
    }

    private static func short(_ sentences: MiningSentences, _ tables: MiningDetailTables) -> String {
        HTMLText.paragraph(sentences.shortfall)
            + (tables.queriesByNegatives.map { HTMLText.table($0, caption: "Queries by their negatives") } ?? "")
            + (tables.shortest.map { table in
                HTMLText.details(
                    table.rows.count == 1 ? "The query" : "The \(table.rows.count) queries with the fewest survivors",
                    HTMLText.table(table, caption: "Queries with the fewest survivors"))
            } ?? "")
    }

    private static func provenance(
        _ results: MiningResults, _ tables: MiningDetailTables, _ mining: JSONTree
    ) -> String {
        var html = ""
        if let command = results.command, !command.isEmpty {
            html += "<p>To repeat this mining:</p>\n<pre>\(HTMLText.escaped(command))</pre>\n"
        }
        html += HTMLText.table(tables.provenance, caption: "Version, seed and inputs")
        if let options = mining["options"] {
            html += HTMLText.details(
                "All options", HTMLText.table(MiningTables(options).figures, caption: "Options"))
        }
        return html
            + HTMLText.details(
                "All figures", HTMLText.table(MiningTables(mining).figures, caption: "The mining report"))
    }
}
