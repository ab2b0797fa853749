/// Histograms of several groups, one row each, over one axis.
struct PanelHistogram {
    /// One row.
    struct Panel {
        var title: String
        /// The class of its bars.
        var style: String
        /// How many values fall into each bin.
        var counts: [Int]
    }

    let title: String
    let xTitle: String
    /// The ends of the bins, one more than there are bins.
    let edges: [Double]
    let panels: [Panel]
    /// A value that is marked by a line through all rows, and what it is; nil for none.
    var mark: (value: Double, title: String)?
    private let rowHeight = 78.0
    private let top = 22.0

    /// The SVG: 480 units wide, 78 a row.
    func svg(id: String) -> String {
        let bottom = top + Double(panels.count) * rowHeight
        var drawing = SVGDrawing(width: 480, height: bottom + 44)
        let low = edges.first ?? 0
        let high = edges.last ?? 1
        let x = ChartScale(low < high ? low...high : low - 0.5...low + 0.5, start: 16, end: 464)
        for (tick, label) in zip(x.ticks(8), x.labels(8)) {
            drawing.line(x.place(tick), top, x.place(tick), bottom, style: "grid")
            drawing.text(x.place(tick), bottom + 19, label, anchor: .middle, style: "soft")
        }
        drawing.text(240, bottom + 38, xTitle, anchor: .middle, style: "soft")
        for (place, panel) in panels.enumerated() {
            draw(panel, on: &drawing, base: top + Double(place + 1) * rowHeight, x: x)
        }
        if let mark, x.domain.contains(mark.value) {
            let place = x.place(mark.value)
            drawing.line(place, top - 4, place, bottom, style: "mean")
            drawing.text(place, top - 9, mark.title, anchor: .middle)
        }
        return drawing.svg(id: id, title: title, description: description)
    }

    private func draw(_ panel: Panel, on drawing: inout SVGDrawing, base: Double, x: ChartScale) {
        let highest = max(panel.counts.max() ?? 0, 1)
        let y = ChartScale(0...Double(highest), start: base, end: base - rowHeight + 28)
        for (place, count) in panel.counts.enumerated() where count > 0 && place + 1 < edges.count {
            let left = x.place(edges[place]) + 0.5
            // One candidate among thousands must still be seen.
            let bar = max(base - y.place(Double(count)), 1.5)
            drawing.rectangle(
                left, base - bar, width: x.place(edges[place + 1]) - 0.5 - left, height: bar, style: panel.style)
        }
        drawing.line(x.start, base, x.end, base, style: "axis")
        let total = panel.counts.reduce(0, +)
        drawing.text(x.start, base - rowHeight + 20, panel.title, style: "strong haloed")
        drawing.text(
            x.end, base - rowHeight + 20, total == 0 ? "none" : "\(total), highest bin \(panel.counts.max() ?? 0)",
            anchor: .end, style: "soft haloed")
    }

    /// Each row in words: how many, and between which ends half of them lie.
    var description: String {
        panels.map { panel in
            let total = panel.counts.reduce(0, +)
            guard total > 0, let low = quantile(panel.counts, 0.25), let high = quantile(panel.counts, 0.75) else {
                return "\(panel.title): none."
            }
            return
                "\(panel.title): \(total), half of them between \(NumberText.fixed(low, 2)) and \(NumberText.fixed(high, 2))."
        }.joined(separator: " ")
    }

    /// The lower end of the bin where a quarter is reached, the upper one for three quarters.
    private func quantile(_ counts: [Int], _ share: Double) -> Double? {
        let wanted = Int(share * Double(counts.reduce(0, +) - 1))
        var before = 0
        for (place, count) in counts.enumerated() where place + 1 < edges.count {
            before += count
            if before > wanted { return edges[share < 0.5 ? place : place + 1] }
        }
        return nil
    }
}
