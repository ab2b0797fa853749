/// The tables and sentences of an experiment's reports, the same for the terminal, Markdown, HTML and LaTeX.
public struct ExperimentTables: Sendable {
    let results: ExperimentResults

    /// The tables of some results.
    public init(_ results: ExperimentResults) { self.results = results }

    /// The summary in a sentence or two.
    public var summary: String { ExperimentSummary.sentence(results) }

    /// One row a system, one column a measure; with several seeds the deviation over seeds follows the mean.
    ///
    /// The best value of a column stands out, and marks show which systems differ from `before`.
    public var systems: ResultTable {
        var table = ResultTable(columns: [.init("system", .left)] + results.measures.map { .init($0.description) })
        let names = results.systemNames
        for name in names {
            guard let system = results.systems[name] else { continue }
            table.append(
                [Self.title(name)]
                    + results.measures.map {
                        cell(system, $0) + (results.comparison("before", name, $0)?.mark ?? "")
                    })
        }
        for (column, measure) in results.measures.enumerated() {
            let values = names.map { results.systems[$0]?.measures[measure.description] }
            for row in MeasureText.best(values, measure) { table.emphasize(row: row, column: column + 1) }
        }
        return table
    }

    /// What the table of systems shows beside numbers.
    var systemsNote: String {
        guard !results.systems.isEmpty else { return "" }
        var note = results.systems.count > 1 ? "The best value of a column is bold. " : ""
        if results.comparisons.contains(where: { $0.baseline == "before" }) {
            note +=
                "Marks tell how surely a system differs from “before”: * p < 0.05, ** p < 0.01, *** p < 0.001 (corrected). "
        }
        return note + MeasureExplanation.sentences(results.measures)
    }

    /// Seconds by step.
    public var timings: ResultTable {
        ResultTable(
            columns: [.init("step", .left), .init("seconds")],
            rows: Self.sorted(results.timings).map { [$0.key, NumberText.fixed($0.value, 2)] })
    }

    /// The cases, one row a query.
    public var cases: ResultTable {
        let titles = ["query", "relevant document", "wrongly first"]
        var table = ResultTable(
            columns: titles.map { .init($0, .left) } + ["change", "rank before", "rank after"].map { .init($0) })
        for query in results.cases {
            table.append([
                query.query, query.relevant.title, query.wrong?.title ?? "–",
                NumberText.signed(query.valueAfter - query.valueBefore), query.rankBefore.map(String.init) ?? "–",
                query.rankAfter.map(String.init) ?? "–",
            ])
        }
        return table
    }

    /// Version, seeds, versions and input hashes; the command stands by itself.
    public var provenance: ResultTable {
        let provenance = results.provenance
        var table = ResultTable(columns: [.init("what", .left), .init("value", .left)])
        if !provenance.version.isEmpty { table.append(["version", provenance.version]) }
        table.append(["seeds", results.seeds.map(String.init).joined(separator: ", ")])
        for (kind, entries) in [("", provenance.versions), ("input ", provenance.inputs)] {
            for (key, value) in Self.sorted(entries) { table.append([kind + key, value]) }
        }
        return table
    }

    /// Every option by its name.
    public var options: ResultTable? {
        results.provenance.options.map { MiningTables($0).figures }
    }

    /// A system's name as readers see it.
    static func title(_ system: String) -> String { system == "bm25" ? "BM25" : system }

    static func queries(_ count: Int) -> String { count == 1 ? "1 query" : "\(count) queries" }

    static func sorted<Value>(_ entries: [String: Value]) -> [(key: String, value: Value)] {
        entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    private func cell(_ system: SystemResult, _ measure: Measure) -> String {
        guard let mean = system.measures[measure.description] else { return "–" }
        guard let deviation = system.deviation?[measure.description] else { return MeasureText.value(mean, measure) }
        return MeasureText.value(mean, measure) + " ± " + MeasureText.value(deviation, measure)
    }
}
