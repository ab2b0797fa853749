/// The charts of a mining report; each is empty where the report has nothing to show.
struct MiningCharts {
    let results: MiningResults
    /// What the ids of the charts begin with, unique on the page.
    let id: String

    /// The histograms of relative scores and of scores.
    var scores: String {
        var figures = ""
        if let histogram = results.relativeScoreHistogram {
            let chart = PanelHistogram(
                title: "Scores by that of the positive", xTitle: "s / s⁺", edges: histogram.edges,
                panels: panels(histogram), mark: (1, "as the positive"))
            figures += HTMLText.figure("Scores by that of the positive", chart.svg(id: id + "-relative"))
        }
        if let histogram = results.scoreHistogram {
            let chart = PanelHistogram(
                title: "Scores", xTitle: "score", edges: histogram.edges, panels: panels(histogram))
            figures += HTMLText.figure("Scores", chart.svg(id: id + "-scores"))
        }
        return figures.isEmpty ? "" : "<div class=\"charts\">\n\(figures)</div>\n"
    }

    /// Shares and relative scores over rank, within the window: deeper ranks stand for few queries.
    var ranks: String {
        let ranks = (results.ranks ?? []).filter { $0.firstRank < results.options.rangeMax }
        if ranks.isEmpty { return "" }
        func series(
            _ title: String, _ place: Int, _ value: (MiningResults.Rank) -> Double?
        ) -> LineChart.Series {
            LineChart.Series(
                title: title,
                points: ranks.compactMap { rank in
                    value(rank).map { (x: Double(rank.firstRank + rank.lastRank) / 2 + 1, y: $0) }
                }, style: SeriesStyle(place))
        }
        func share(_ count: Int, _ rank: MiningResults.Rank) -> Double? {
            rank.candidates > 0 ? Double(count) / Double(rank.candidates) : nil
        }
        let shares = LineChart(
            title: "Fates by rank", xTitle: "rank + 1", yTitle: "share of the candidates at the rank",
            series: [
                series("kept", 0) { share($0.kept, $0) }, series("rejected", 1) { share($0.rejected, $0) },
                series("not needed", 3) { share($0.unused, $0) },
            ], isLogarithmic: true, yDomain: 0...1)
        let relative = LineChart(
            title: "Scores by rank", xTitle: "rank + 1", yTitle: "mean s / s⁺",
            series: [
                series("kept", 0, \.keptRelativeScore), series("rejected", 1, \.rejectedRelativeScore),
                series("not needed", 3, \.unusedRelativeScore), series("the positive", 2) { _ in 1 },
            ], isLogarithmic: true)
        let figures =
            HTMLText.figure("Fates by rank", shares.svg(id: id + "-fates"))
            + HTMLText.figure("Scores by rank, the positive's being 1", relative.svg(id: id + "-hardness"))
        return "<div class=\"charts\">\n\(figures)</div>\n"
    }

    private func panels(_ histogram: MiningResults.Histogram) -> [PanelHistogram.Panel] {
        (histogram.positives.map { [.init(title: "positives", style: "right", counts: $0)] } ?? [])
            + [
                .init(title: "kept", style: "win", counts: histogram.kept),
                .init(title: "rejected", style: "loss", counts: histogram.rejected),
                .init(title: "not needed", style: "bar", counts: histogram.unused),
            ].filter { panel in panel.title == "kept" || panel.counts.contains { $0 > 0 } }
    }
}
