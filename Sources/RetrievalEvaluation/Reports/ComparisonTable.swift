/// The table of comparisons, one row each, and what its columns mean; columns that no comparison fills are left out.
struct ComparisonTable {
    private let comparisons: [Comparison]
    private let isSeeded: Bool

    /// A table of comparisons; `isSeeded` says whether a query's value is a mean over several seeds.
    init(_ comparisons: [Comparison], isSeeded: Bool) {
        self.comparisons = comparisons
        self.isSeeded = isSeeded || comparisons.contains { $0.pMixed != nil }
    }

    var table: ResultTable {
        let columns = Self.columns.filter { column in comparisons.contains { column.value($0) != nil } }
        return ResultTable(
            columns: columns.map { .init($0.title, $0.isText ? .left : .right) },
            rows: comparisons.map { comparison in columns.map { $0.value(comparison) ?? "–" } })
    }

    /// What the marks, the correction and the columns mean.
    var note: String {
        guard let first = comparisons.first else { return "" }
        let test = first.test == "t" ? "paired t-test" : "paired \(first.test) test"
        var note =
            "Two-sided \(test) over \(ExperimentTables.queries(first.queries))"
            + (isSeeded ? "; each query's value is the mean over the seeds. " : ". ")
            + Self.correction(first.correction, comparisons.count) + "* p < 0.05, ** p < 0.01, *** p < 0.001. "
        if let level = comparisons.lazy.compactMap(\.interval).first?.level {
            note += "Interval: \(NumberText.fixed(level * 100, 0)) % bootstrap interval over queries. "
        }
        if comparisons.contains(where: { $0.pMixed != nil }) {
            note += "p mixed: a test in which both queries and seeds are random. "
        }
        if comparisons.contains(where: { $0.effectSize != nil }) {
            note += "Effect: the mean difference in standard deviations of the differences. "
        }
        if comparisons.contains(where: { $0.minimumDetectable != nil }) {
            note += "Detectable: the smallest true difference that so many queries show with a chance of 0.8. "
        }
        return note + "Queries: better / equal / worse."
    }

    private struct Column: Sendable {
        let title: String
        var isText = false
        let value: @Sendable (Comparison) -> String?
    }

    private static let columns = [
        Column(title: "comparison", isText: true) {
            "\(ExperimentTables.title($0.run)) − \(ExperimentTables.title($0.baseline))"
        },
        Column(title: "measure", isText: true) { $0.measure.description },
        Column(title: "difference") { NumberText.signed($0.difference) + $0.mark },
        Column(title: "interval") { comparison in
            comparison.interval.map { "\(NumberText.signed($0.lower)) … \(NumberText.signed($0.upper))" }
        },
        Column(title: "p") { NumberText.p($0.p) },
        Column(title: "p corrected") { NumberText.p($0.pCorrected) },
        Column(title: "p mixed") { $0.pMixed.map(NumberText.p) },
        Column(title: "effect") { $0.effectSize.map { NumberText.signed($0, 2) } },
        Column(title: "detectable") { $0.minimumDetectable.map { NumberText.fixed($0) } },
        Column(title: "queries") { "\($0.wins) / \($0.ties) / \($0.losses)" },
    ]

    private static func correction(_ correction: Correction, _ count: Int) -> String {
        let number = count == 1 ? "1 comparison" : "\(count) comparisons"
        return switch correction {
        case .none: "The p-values are not corrected. "
        case .holm: "Corrected for \(number) by Holm's method. "
        case .benjaminiHochberg: "Corrected for \(number) by Benjamini and Hochberg's method. "
        }
    }
}

extension ExperimentTables {
    /// One row a comparison, with p-values before and after correction.
    public var comparisons: ResultTable { comparisonTable.table }

    /// What the marks and the correction of the comparisons mean.
    public var comparisonNote: String { comparisonTable.note }

    private var comparisonTable: ComparisonTable {
        ComparisonTable(results.comparisons, isSeeded: results.seeds.count > 1)
    }
}
