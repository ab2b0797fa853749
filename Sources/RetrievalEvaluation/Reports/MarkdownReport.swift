/// An experiment's results as Markdown: summary, systems, comparisons, seen and unseen, mining, cases, timings, provenance.
public enum MarkdownReport {
    /// The report's text; it depends on the results alone.
    public static func text(_ results: ExperimentResults) -> String {
        let tables = ExperimentTables(results)
        var text = "# \(results.dataset): retrieval before and after hard-negative mining\n\n\(tables.summary)\n"
        for note in results.notes { text += "\n> \(note)\n" }
        func section(_ title: String, _ table: ResultTable?, note: String = "") {
            guard let table, !table.rows.isEmpty else { return }
            text += "\n## \(title)\n\n" + (note.isEmpty ? "" : note + "\n\n") + table.markdown()
        }
        section("Systems", tables.systems)
        section("Comparisons", tables.comparisons, note: tables.comparisonNote)
        section("Seen and unseen", tables.seenUnseen, note: tables.leakNote)
        if let mining = results.mining {
            section("Mining", MiningTables(mining).rejections)
            section("Mining figures", MiningTables(mining).figures)
        }
        section("Queries that changed most", tables.cases)
        section("Timings", tables.timings)
        section("Provenance", tables.provenance)
        return text
    }
}
