/// What changed from before to after, one row a measure: a hollow dot, a filled dot, a line between them, and their intervals.
///
/// Other systems stand as strokes on the same axis, so that a gain can be seen beside what it is compared with.
struct DumbbellChart {
    /// One measure.
    struct Row {
        var title: String
        var before: Double
        var after: Double
        var beforeInterval: BootstrapInterval?
        var afterInterval: BootstrapInterval?
        /// `*` marks of the difference; empty where it may be chance.
        var mark: String
        /// The values of the random control and of BM25; nil where they are missing.
        var control: Double?
        var bm25: Double?
    }

    let rows: [Row]
    private let rowHeight = 58.0
    private let top = 30.0

    /// The SVG: 480 units wide, 58 a row.
    func svg(id: String) -> String {
        let bottom = top + Double(rows.count) * rowHeight
        var drawing = SVGDrawing(width: 480, height: bottom + 28)
        let scale = ChartScale(ChartScale.domain(of: rows.flatMap(Self.values)), start: 16, end: 464)
        drawLegend(on: &drawing)
        for (tick, label) in zip(scale.ticks(), scale.labels()) {
            drawing.line(scale.place(tick), top + 4, scale.place(tick), bottom, style: "grid")
            drawing.text(scale.place(tick), bottom + 19, label, anchor: .middle, style: "soft")
        }
        for (place, row) in rows.enumerated() {
            draw(row, on: &drawing, top: top + Double(place) * rowHeight, scale: scale)
        }
        return drawing.svg(id: id, title: "Before and after, by measure", description: description)
    }

    /// All rows in words.
    var description: String { rows.map { Self.words($0) + "." }.joined(separator: " ") }

    private func draw(_ row: Row, on drawing: inout SVGDrawing, top: Double, scale: ChartScale) {
        let y = top + 38
        drawing.text(16, top + 20, row.title, style: "strong haloed")
        drawing.text(464, top + 20, Self.change(row), anchor: .end, style: "haloed")
        let before = scale.place(row.before)
        let after = scale.place(row.after)
        for (value, style) in [(row.bm25, "reference series3"), (row.control, "reference dashed series2")] {
            guard let value else { continue }
            drawing.line(scale.place(value), y - 11, scale.place(value), y + 11, style: style)
        }
        if let interval = row.beforeInterval {
            drawing.whisker(
                from: scale.place(interval.lower), to: scale.place(interval.upper), y: y - 7, style: "whisker series1")
        }
        if let interval = row.afterInterval {
            drawing.whisker(
                from: scale.place(interval.lower), to: scale.place(interval.upper), y: y + 7, style: "whisker series0")
        }
        drawing.line(before, y, after, y, style: "bridge")
        drawing.circle(before, y, radius: 5.5, style: "hollow series1")
        drawing.circle(after, y, radius: 5.5, style: "dot series0")
    }

    private func drawLegend(on drawing: inout SVGDrawing) {
        drawing.circle(22, 14, radius: 5.5, style: "hollow series1")
        drawing.text(33, 18, "before")
        drawing.circle(104, 14, radius: 5.5, style: "dot series0")
        drawing.text(115, 18, "after")
        var x = 176.0
        if rows.contains(where: { $0.control != nil }) {
            drawing.line(x, 4, x, 24, style: "reference dashed series2")
            drawing.text(x + 8, 18, "control")
            x += 84
        }
        if rows.contains(where: { $0.bm25 != nil }) {
            drawing.line(x, 4, x, 24, style: "reference series3")
            drawing.text(x + 8, 18, "BM25")
            x += 74
        }
        if rows.contains(where: { $0.afterInterval != nil || $0.beforeInterval != nil }) {
            drawing.whisker(from: x, to: x + 26, y: 14, style: "whisker")
            drawing.text(x + 34, 18, "interval")
        }
    }

    private static func values(_ row: Row) -> [Double] {
        [row.before, row.after] + [row.control, row.bm25].compactMap(\.self)
            + [row.beforeInterval, row.afterInterval].compactMap(\.self).flatMap { [$0.lower, $0.upper] }
    }

    private static func change(_ row: Row) -> String {
        "\(NumberText.fixed(row.before)) → \(NumberText.fixed(row.after)) "
            + "(\(NumberText.signed(row.after - row.before)))\(row.mark)"
    }

    private static func words(_ row: Row) -> String {
        func range(_ interval: BootstrapInterval?) -> String {
            interval.map { " (\(NumberText.fixed($0.lower)) to \(NumberText.fixed($0.upper)))" } ?? ""
        }
        var words = "\(row.title): before \(NumberText.fixed(row.before))\(range(row.beforeInterval)), "
        words += "after \(NumberText.fixed(row.after))\(range(row.afterInterval))"
        if let control = row.control { words += ", control \(NumberText.fixed(control))" }
        if let bm25 = row.bm25 { words += ", BM25 \(NumberText.fixed(bm25))" }
        return words
    }
}
