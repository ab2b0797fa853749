/// The tables of an experiment's reports, the same for the terminal, Markdown and HTML.
public struct ExperimentTables: Sendable {
    private let results: ExperimentResults

    /// The tables of some results.
    public init(_ results: ExperimentResults) { self.results = results }

    /// The summary in a sentence.
    public var summary: String { ExperimentSummary.sentence(results) }

    /// One row a system, one column a measure; with several seeds the deviation over seeds follows the mean.
    public var systems: ResultTable {
        var table = ResultTable(columns: [.init("system", .left)] + results.measures.map { .init($0.description) })
        for name in results.systemNames {
            guard let system = results.systems[name] else { continue }
            table.append([Self.title(name)] + results.measures.map { cell(system, $0.description) })
        }
        return table
    }

    /// One row a comparison, with p-values before and after correction.
    public var comparisons: ResultTable {
        var table = ResultTable(
            columns: [.init("comparison", .left), .init("measure", .left)]
                + ["difference", "p", "p corrected", "better", "equal", "worse"].map { .init($0) })
        if results.comparisons.contains(where: { $0.interval != nil }) {
            table.columns.insert(.init("interval"), at: 3)
        }
        for comparison in results.comparisons {
            var row = [
                "\(Self.title(comparison.run)) − \(Self.title(comparison.baseline))", comparison.measure.description,
                NumberText.signed(comparison.difference) + comparison.mark, NumberText.p(comparison.p),
                NumberText.p(comparison.pCorrected), "\(comparison.wins)", "\(comparison.ties)", "\(comparison.losses)",
            ]
            if table.columns.count == 9 { row.insert(Self.interval(comparison.interval), at: 3) }
            table.append(row)
        }
        return table
    }

    /// What the marks and the correction of the comparisons mean.
    public var comparisonNote: String {
        guard let first = results.comparisons.first else { return "" }
        let test = first.test == "t" ? "paired t-test" : "paired \(first.test) test"
        return "Two-sided \(test) over \(first.queries) queries; each query's value is the mean over the seeds. "
            + Self.correction(first.correction, results.comparisons.count)
            + "* p < 0.05, ** p < 0.01, *** p < 0.001."
    }

    /// Each system's measures over test queries whose positives training has and has not seen; nil where splits were not compared.
    public var seenUnseen: ResultTable? {
        guard let leak = results.leak else { return nil }
        var table = ResultTable(
            columns: [.init("system", .left)]
                + results.measures.flatMap { [.init("\($0) seen"), .init("\($0) unseen")] })
        for name in results.systemNames {
            guard let split = leak.systems[name] else { continue }
            table.append(
                [Self.title(name)]
                    + results.measures.flatMap { measure in
                        [split.seen, split.unseen].map { $0[measure.description].map { NumberText.fixed($0) } ?? "–" }
                    })
        }
        return table
    }

    /// What the splits share, in sentences; empty where splits were not compared.
    public var leakNote: String {
        guard let leak = results.leak else { return "" }
        let same = leak.identicalQueryCount
        return "\(leak.sharedPositives) of \(leak.testPositives) relevant documents of this split "
            + "(\(NumberText.percent(leak.sharedShare))) are relevant documents of the train split too. "
            + "Seen: \(Self.queries(leak.seenQueries)) with one of them; unseen: \(Self.queries(leak.unseenQueries)) with none. "
            + "Queries with the text of a train query: \(same)."
    }

    /// Seconds by step.
    public var timings: ResultTable {
        let rows = results.timings.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return ResultTable(
            columns: [.init("step", .left), .init("seconds")],
            rows: rows.map { [$0.key, NumberText.fixed($0.value, 2)] })
    }

    /// The cases, one row a query.
    public var cases: ResultTable {
        let titles = ["query", "relevant document", "wrongly first"]
        var table = ResultTable(
            columns: titles.map { .init($0, .left) } + ["rank before", "rank after"].map { .init($0) })
        for query in results.cases {
            table.append([
                query.query, query.relevant.title, query.wrong?.title ?? "–", query.rankBefore.map(String.init) ?? "–",
                query.rankAfter.map(String.init) ?? "–",
            ])
        }
        return table
    }

    /// Version, command, versions and input hashes.
    public var provenance: ResultTable {
        let provenance = results.provenance
        var table = ResultTable(columns: [.init("what", .left), .init("value", .left)])
        if !provenance.version.isEmpty { table.append(["version", provenance.version]) }
        if !provenance.command.isEmpty { table.append(["command", provenance.command]) }
        table.append(["seeds", results.seeds.map(String.init).joined(separator: ", ")])
        for (kind, entries) in [("", provenance.versions), ("input ", provenance.inputs)] {
            for (key, value) in entries.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                table.append([kind + key, value])
            }
        }
        return table
    }

    private static func correction(_ correction: Correction, _ count: Int) -> String {
        switch correction {
        case .none: "The p-values are not corrected. "
        case .holm: "Corrected for \(count) comparisons by Holm's method. "
        case .benjaminiHochberg: "Corrected for \(count) comparisons by Benjamini and Hochberg's method. "
        }
    }

    private static func queries(_ count: Int) -> String { count == 1 ? "1 query" : "\(count) queries" }

    /// A system's name as readers see it.
    static func title(_ system: String) -> String { system == "bm25" ? "BM25" : system }

    private func cell(_ system: SystemResult, _ measure: String) -> String {
        guard let mean = system.measures[measure] else { return "–" }
        guard let deviation = system.deviation?[measure] else { return NumberText.fixed(mean) }
        return NumberText.fixed(mean) + " ± " + NumberText.fixed(deviation)
    }

    private static func interval(_ interval: BootstrapInterval?) -> String {
        interval.map { "\(NumberText.signed($0.lower)) … \(NumberText.signed($0.upper))" } ?? "–"
    }
}
