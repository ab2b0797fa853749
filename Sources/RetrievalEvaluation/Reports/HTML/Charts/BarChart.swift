/// A bar for each system on one measure, with its interval.
struct BarChart {
    /// One bar.
    struct Bar {
        var title: String
        var value: Double
        var interval: BootstrapInterval?
        var isMain: Bool
    }

    /// What is drawn, such as `RR@10`.
    let title: String
    /// The bars from top to bottom.
    let bars: [Bar]

    /// The SVG: 480 units wide, 28 a bar.
    func svg(id: String) -> String {
        var drawing = SVGDrawing(width: 480, height: Double(bars.count) * 28 + 4)
        let top = bars.map { max($0.value, $0.interval?.upper ?? 0) }.filter(\.isFinite).max() ?? 0
        let scale = ChartScale(0...(top > 0 ? top : 1), start: 116, end: 410)
        for (place, bar) in bars.enumerated() {
            let y = Double(place) * 28 + 16
            drawing.text(108, y + 4, LabelPlaces.cut(bar.title, 14), anchor: .end)
            drawing.rectangle(
                scale.start, y - 8, width: scale.place(bar.value) - scale.start, height: 16,
                style: bar.isMain ? "win" : "bar")
            var end = scale.place(bar.value)
            if let interval = bar.interval {
                drawing.whisker(
                    from: scale.place(interval.lower), to: scale.place(interval.upper), y: y, style: "whisker")
                end = max(end, scale.place(interval.upper))
            }
            drawing.text(end + 8, y + 4, NumberText.fixed(bar.value))
        }
        return drawing.svg(id: id, title: "\(title) by system", description: description)
    }

    /// All values in words.
    var description: String {
        bars.map { bar in
            let range = bar.interval.map { " (\(NumberText.fixed($0.lower)) to \(NumberText.fixed($0.upper)))" }
            return "\(bar.title) \(NumberText.fixed(bar.value))\(range ?? "")"
        }.joined(separator: ", ")
    }
}
