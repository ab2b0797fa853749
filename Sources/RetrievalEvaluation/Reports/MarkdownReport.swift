/// An experiment's results as Markdown: the sections of the HTML report without its charts.
public enum MarkdownReport {
    /// The report's text; it depends on the results alone.
    public static func text(_ results: ExperimentResults) -> String {
        let tables = ExperimentTables(results)
        var text = "# \(MarkdownText.escaped(results.dataset)): retrieval before and after hard-negative mining\n\n"
        text += MarkdownText.escaped(tables.summary) + "\n"
        for note in results.notes { text += "\n> \(MarkdownText.escaped(note))\n" }
        text += section(
            "Systems", [tables.systems.rows.isEmpty ? "" : tables.systems.markdown(), escaped(tables.systemsNote)])
        if let measure = results.measures.first?.description, !results.changes.isEmpty {
            let distribution = ChangeDistribution(results.changes)
            let histogram = distribution.bins.isEmpty ? "" : "```text\n\(distribution.text)```\n"
            text += section("Change per query", [escaped(distribution.sentence(measure)), histogram])
        }
        text += section("Queries that changed most", [table(tables.cases)])
        text += section("Recall by depth", [table(tables.recallByDepth)])
        if !results.curves.isEmpty { text += section("Precision by recall", [table(tables.precisionByRecall)]) }
        text += section("Hardness of negatives", [escaped(tables.hardnessNote), table(tables.hardness)])
        text += section("Learning", [table(tables.learning)])
        text += section("Comparisons", [escaped(tables.comparisonNote), table(tables.comparisons)])
        text += section("Seen and unseen", [escaped(tables.leakNote), table(tables.seenUnseen)])
        text += section(
            "Unjudged documents",
            [escaped(tables.unjudgedNote), table(tables.unjudgedShares), table(tables.unjudgedBounds)])
        text += section("Chosen on dev", results.choices.map(escaped))
        text += section("Other options", [escaped(tables.ablationNote), table(tables.ablations)])
        if let mining = results.mining {
            text += section("Mining", [table(MiningTables(mining).rejections)])
            text += section("Mining figures", [table(MiningTables(mining).figures)])
        }
        text += section("Timings", [table(tables.timings)])
        text += section("Provenance", [command(results.provenance.command), table(tables.provenance)])
        text += section("Options", [table(tables.options)])
        return text
    }

    /// A heading and its parts, those without text left out; nothing where all are.
    private static func section(_ title: String, _ parts: [String]) -> String {
        let filled = parts.filter { !$0.isEmpty }
        return filled.isEmpty ? "" : "\n## \(title)\n\n" + filled.joined(separator: "\n")
    }

    private static func table(_ table: ResultTable?) -> String {
        guard let table, !table.rows.isEmpty else { return "" }
        return table.markdown()
    }

    private static func escaped(_ note: String) -> String { note.isEmpty ? "" : MarkdownText.escaped(note) + "\n" }

    /// A block that the command's own backticks cannot close.
    private static func command(_ command: String) -> String {
        if command.isEmpty { return "" }
        let indented = command.split(whereSeparator: \.isNewline).map { "    \($0)\n" }.joined()
        return indented
    }
}
