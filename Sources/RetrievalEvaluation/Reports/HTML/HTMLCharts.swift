/// The charts of an experiment's report with their captions; each is empty where the results have nothing to show.
struct HTMLCharts {
    let results: ExperimentResults
    private var tables: ExperimentTables { ExperimentTables(results) }

    init(_ results: ExperimentResults) { self.results = results }

    /// Before and after by measure; bars of all systems where one of the two is missing.
    var beforeAndAfter: String {
        let rows = results.measures.compactMap(row)
        if rows.isEmpty { return Self.bars(results) }
        let level = rows.lazy.compactMap { $0.afterInterval ?? $0.beforeInterval }.first.map {
            ", with \(NumberText.fixed($0.level * 100, 0)) % bootstrap intervals over queries"
        }
        return HTMLText.figure(
            "Before and after by measure" + (level ?? ""), DumbbellChart(rows: rows).svg(id: "dumbbell"))
    }

    /// Recall by depth and precision by recall, with their numbers.
    var curves: String {
        let curves = tables.curves
        let names = curves.map(\.system)
        func series(_ points: (RankCurve) -> [(x: Double, y: Double)]) -> [LineChart.Series] {
            curves.map { curve in
                LineChart.Series(
                    title: ExperimentTables.title(curve.system), points: points(curve),
                    style: SeriesStyle(system: curve.system, among: names))
            }
        }
        if curves.isEmpty { return "" }
        let recall = LineChart(
            title: "Recall by depth", xTitle: "documents from the top", yTitle: "recall",
            series: series { zip($0.depths, $0.recall).map { (x: Double($0), y: $1) } }, isLogarithmic: true)
        let precision = LineChart(
            title: "Precision by recall", xTitle: "recall", yTitle: "precision",
            series: series { $0.precision.enumerated().map { (x: Double($0.offset) / 10, y: $0.element) } })
        let figures =
            HTMLText.figure("Recall by depth", recall.svg(id: "recall"))
            + HTMLText.figure("Precision by recall", precision.svg(id: "precision"))
        let sentence =
            "The first chart shows how many of the relevant documents are among the first so many. The second shows how clean the list is down to the "
            + "point where a share of them is found. The higher a line, the better."
        return HTMLText.paragraph(sentence) + "<div class=\"charts\">\n\(figures)</div>\n"
            + HTMLText.details(
                "The numbers of these charts",
                HTMLText.table(tables.recallByDepth, caption: "Recall by depth")
                    + HTMLText.table(tables.precisionByRecall, caption: "Interpolated precision by recall"))
    }

    /// The changes of single queries.
    var changes: String {
        if results.changes.isEmpty { return "" }
        let measure = results.measures.first?.description ?? "the first measure"
        let distribution = ChangeDistribution(results.changes)
        let sentence = distribution.sentence(measure)
        var html = HTMLText.paragraph(sentence)
        if distribution.bins.isEmpty { return html }
        let chart = HistogramChart(
            title: "Change per query", xTitle: "change in \(measure)", yTitle: "queries", bins: distribution.bins,
            sides: ("worse", "better"),
            description: sentence + " " + Self.words(distribution.bins))
        let caption =
            "Change per query from before to after" + (distribution.equal > 0 ? " (equal ones are not drawn)" : "")
        html += HTMLText.figure(caption, chart.svg(id: "changes"))
        return html
    }

    /// The gaps between positives and mined candidates, one picture a system with a common scale.
    var hardness: String {
        let highest = results.hardness.flatMap(\.counts).max()
        let range = usedRange
        let figures = results.hardness.enumerated().map { place, hardness in
            let bins = Self.bins(hardness).filter { $0.lower >= range.lowerBound && $0.upper <= range.upperBound }
            let name = ExperimentTables.title(hardness.system)
            let chart = HistogramChart(
                title: "Hardness of negatives, \(name)", xTitle: "gap to the relevant document",
                yTitle: "training queries",
                bins: bins, mean: hardness.meanGap, sides: ("wrong first", "right first"), highest: highest,
                description:
                    "Mean gap \(NumberText.signed(hardness.meanGap, 3)); \(NumberText.percent(hardness.shareAbove)) of "
                    + "\(ExperimentTables.queries(hardness.queries)) below 0. " + Self.words(bins))
            return HTMLText.figure("Gap as “\(name)” sees it", chart.svg(id: "hardness\(place)"))
        }
        if figures.isEmpty { return "" }
        return HTMLText.paragraph(tables.hardnessNote) + "<div class=\"charts\">\n\(figures.joined())</div>\n"
            + HTMLText.table(tables.hardness, caption: "Gaps by system")
    }

    /// Loss and dev values by epoch, one picture a system, with common scales.
    var learning: String {
        let losses = LearningCharts(results.learning, kind: .loss).html
        let dev = LearningCharts(results.learning, kind: .dev).html
        if losses.isEmpty && dev.isEmpty { return "" }
        return losses + dev
            + HTMLText.details("The numbers of these charts", HTMLText.table(tables.learning, caption: "Trainings"))
    }

    /// Bars of all systems, one picture a measure.
    static func bars(_ results: ExperimentResults) -> String {
        let figures = results.measures.enumerated().map { place, measure in
            let name = measure.description
            let bars = results.systemNames.compactMap { system -> BarChart.Bar? in
                guard let result = results.systems[system], let value = result.measures[name] else { return nil }
                return BarChart.Bar(
                    title: ExperimentTables.title(system), value: value, interval: result.intervals?[name],
                    isMain: system == "after")
            }
            return bars.isEmpty ? "" : HTMLText.figure(name, BarChart(title: name, bars: bars).svg(id: "bars\(place)"))
        }.joined()
        return figures.isEmpty ? "" : "<div class=\"charts\">\n\(figures)</div>\n"
    }

    private func row(_ measure: Measure) -> DumbbellChart.Row? {
        let name = measure.description
        guard let before = results.systems["before"], let after = results.systems["after"],
            let old = before.measures[name], let new = after.measures[name]
        else { return nil }
        return DumbbellChart.Row(
            title: name, before: old, after: new, beforeInterval: before.intervals?[name],
            afterInterval: after.intervals?[name], mark: results.comparison("before", "after", measure)?.mark ?? "",
            control: results.systems["control"]?.measures[name], bm25: results.systems["bm25"]?.measures[name])
    }

    /// The bins that any system fills, and zero.
    private var usedRange: ClosedRange<Double> {
        let used = results.hardness.flatMap(Self.bins).filter { $0.count > 0 }
        let low = used.map(\.lower).min() ?? 0
        let high = used.map(\.upper).max() ?? 0
        return min(low, 0)...max(high, 0)
    }

    private static func bins(_ hardness: NegativeHardness) -> [HistogramChart.Bin] {
        zip(zip(hardness.edges, hardness.edges.dropFirst()), hardness.counts).map {
            HistogramChart.Bin(lower: $0.0.0, upper: $0.0.1, count: $0.1)
        }
    }

    private static func words(_ bins: [HistogramChart.Bin]) -> String {
        bins.filter { $0.count > 0 }.map {
            "\(NumberText.signed($0.lower, 2)) to \(NumberText.signed($0.upper, 2)): \($0.count)"
        }.joined(separator: ", ") + "."
    }
}
