/// Small pictures of how trainings went, one a system, a line a seed.
struct LearningCharts {
    /// What is drawn.
    enum Kind {
        case loss, dev
    }

    private let curves: [LearningCurve]
    private let kind: Kind

    init(_ curves: [LearningCurve], kind: Kind) {
        self.curves = curves.filter { kind == .loss ? !$0.losses.isEmpty : !$0.devValues.isEmpty }
        self.kind = kind
    }

    var html: String {
        var systems: [String] = []
        for curve in curves where !systems.contains(curve.system) { systems.append(curve.system) }
        if systems.isEmpty { return "" }
        let domain = ChartScale.domain(of: curves.flatMap(values), includingZero: kind == .loss)
        let figures = systems.enumerated().map { place, system in
            let own = curves.filter { $0.system == system }
            let what = kind == .loss ? "loss" : own.lazy.compactMap(\.devMeasure).first ?? "value"
            let name = ExperimentTables.title(system)
            let title = kind == .loss ? "Loss of “\(name)” by epoch" : "\(what) by epoch, “\(name)”"
            let chart = LineChart(
                title: title, xTitle: "epoch", yTitle: what,
                series: own.enumerated().map { number, curve in
                    LineChart.Series(
                        title: own.count == 1 ? "" : "seed \(curve.seed)",
                        points: values(curve).enumerated().map { (x: Double($0.offset + 1), y: $0.element) },
                        style: SeriesStyle(number))
                }, yDomain: domain, hasWholeTicks: true, height: 220)
            return HTMLText.figure(title, chart.svg(id: "\(kind == .loss ? "loss" : "dev")\(place)"))
        }
        return "<div class=\"charts\">\n\(figures.joined())</div>\n"
    }

    private func values(_ curve: LearningCurve) -> [Double] {
        (kind == .loss ? curve.losses : curve.devValues)
    }
}
