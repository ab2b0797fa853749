import Decoy

/// Comparisons with a baseline for people.
struct ComparisonTables {
    let comparisons: [Comparison]
    let evaluations: [Evaluation]

    /// Differences, intervals and p-values.
    func differences(_ style: TextStyle) -> ResultTable {
        let width = comparisons.map(\.mark.count).max() ?? 0
        return table([
            Column("difference") { Self.signed($0.difference) + Self.mark($0, width: width, style) },
            Column(intervalTitle) { comparison in
                comparison.interval.map { "[\(Self.signed($0.lower)), \(Self.signed($0.upper))]" }
            },
            Column("p") { Self.probability($0.p) },
            Column("p corrected") { Self.probability($0.pCorrected) },
            Column("p, seeds mixed") { $0.pMixed.map(Self.probability) },
        ])
    }

    /// Wins, sizes of effects and the changes of the queries.
    func changes(_ style: TextStyle) -> ResultTable {
        var reach: [Measure: Double] = [:]
        for comparison in comparisons {
            let greatest = changes(comparison).map(abs).max() ?? 0
            reach[comparison.measure] = max(reach[comparison.measure] ?? 0, greatest)
        }
        func bound(_ comparison: Comparison) -> Double { reach[comparison.measure] ?? 0 }
        return table([
            Column("win/tie/loss") { "\($0.wins)/\($0.ties)/\($0.losses)" },
            Column("effect") { $0.effectSize.map { Self.signed($0, 2) } },
            Column("detectable") { $0.minimumDetectable.map { NumberText.fixed($0) } },
            Column("up to") { "±" + NumberText.fixed(bound($0)) },
            Column("   worse│better  ") { comparison in
                let histogram = ChangeHistogram(changes(comparison), reach: bound(comparison))
                return style.worse(histogram.worse) + "│" + style.better(histogram.better)
            },
        ])
    }

    /// What marks and columns mean.
    func legend(_ style: TextStyle) -> String {
        guard let first = comparisons.first else { return "" }
        let baseline = Console.printable(first.baseline)
        let escape = style == .markdown ? "\\*" : "*"
        let stars = (1...3).map { String(repeating: escape, count: $0) }.joined(separator: ", ")
        let correction: String
        switch first.correction {
        case .none: correction = "not corrected for \(comparisons.count) comparisons"
        case .holm: correction = "Holm's correction for \(comparisons.count) comparisons"
        case .benjaminiHochberg:
            correction = "Benjamini and Hochberg's correction for \(comparisons.count) comparisons"
        }
        let best =
            switch style {
            case .plain: ""
            case .coloured, .markdown: "; bold: the best value"
            }
        var lines = [
            "differences from \(baseline) over \(first.queries) queries; "
                + "\(stars): p below 0.05, 0.01, 0.001 (\(Self.testName(first.test)), \(correction))\(best)",
            "worse│better: queries by the size of their change, in \(ChangeHistogram.bins) bins a side up to the number before; those without a change are left out",
        ]
        if comparisons.contains(where: { $0.effectSize != nil }) {
            lines.append("effect: the mean difference in standard deviations of the queries' differences")
        }
        if comparisons.contains(where: { $0.minimumDetectable != nil }) {
            lines.append("detectable: the smallest true difference that these queries show with a chance of 0.8")
        }
        return lines.map { $0 + "\n" }.joined(separator: style == .markdown ? "\n" : "")
    }

    /// The stars of a comparison, in the colour of its direction.
    static func mark(_ comparison: Comparison?, width: Int, _ style: TextStyle) -> String {
        let stars = style.mark(comparison?.mark ?? "", width: width)
        guard let comparison, !comparison.mark.isEmpty else { return stars }
        return comparison.difference < 0 ? style.worse(stars) : style.better(stars)
    }

    /// A column that is left out where no comparison has a value for it.
    private struct Column {
        var title: String
        var cell: (Comparison) -> String?

        init(_ title: String, _ cell: @escaping (Comparison) -> String?) {
            self.title = title
            self.cell = cell
        }
    }

    private func table(_ columns: [Column]) -> ResultTable {
        let filled = columns.map { ($0.title, comparisons.map($0.cell)) }
            .filter { $0.1.contains { $0 != nil } }
        var table = ResultTable(
            columns: [.init("measure", .left), .init("run", .left)] + filled.map { .init($0.0) })
        for (row, comparison) in comparisons.enumerated() {
            table.append(
                [comparison.measure.description, Console.printable(comparison.run)]
                    + filled.map { $0.1[row] ?? "" })
        }
        return table
    }

    private var intervalTitle: String {
        let level = comparisons.compactMap(\.interval).first?.level ?? 0.95
        return "\(NumberText.fixed(level * 100, 0)) % interval"
    }

    /// The run's value minus the baseline's, query by query.
    private func changes(_ comparison: Comparison) -> [Double] {
        func values(_ name: String) -> [Double] {
            evaluations.first { $0.name == name }?.values(of: comparison.measure) ?? []
        }
        return zip(values(comparison.run), values(comparison.baseline)).map { $0 - $1 }
    }

    private static func testName(_ name: String) -> String {
        switch name {
        case "t": "paired t-test"
        case "randomization": "Fisher's randomization test"
        default: "\(name) test"
        }
    }

    private static func signed(_ value: Double, _ decimals: Int = 4) -> String {
        let text = NumberText.fixed(value, decimals)
        return (text.hasPrefix("-") ? "" : "+") + text
    }

    private static func probability(_ p: Double) -> String { p < 0.0001 ? "<0.0001" : NumberText.fixed(p) }
}
