/// Lines over a common axis, told apart by colour, dashes and a name at each line's end.
struct LineChart {
    /// One line.
    struct Series {
        var title: String
        var points: [(x: Double, y: Double)]
        var style: SeriesStyle
    }

    let title: String
    let xTitle: String
    let yTitle: String
    let series: [Series]
    var isLogarithmic = false
    /// The values that must fit on the vertical axis besides those of the lines.
    var yDomain: ClosedRange<Double>?
    /// Whether the horizontal ticks are whole numbers, such as epochs.
    var hasWholeTicks = false
    var height = 300.0

    /// The room for the names at the right: that of the longest one in the large type of narrow screens.
    private var margin: Double {
        let longest = min(series.map(\.title.count).max() ?? 0, Self.longestName)
        return longest == 0 ? 24 : 40 + 8.4 * Double(longest)
    }

    private static let longestName = 16

    /// The SVG: 480 units wide.
    func svg(id: String) -> String {
        var drawing = SVGDrawing(width: 480, height: height)
        let points = series.flatMap(\.points)
        let low = points.map(\.x).filter(\.isFinite).min() ?? 0
        let high = points.map(\.x).filter(\.isFinite).max() ?? 1
        let x = ChartScale(
            low < high ? low...high : low - 0.5...low + 0.5, start: 46, end: 480 - margin, isLogarithmic: isLogarithmic)
        let domain = yDomain ?? ChartScale.domain(of: points.map(\.y), includingZero: true)
        let y = ChartScale(domain, start: height - 46, end: 30)
        let whole = hasWholeTicks ? max(1, min(5, Int(high - low))) : 5
        ChartAxes(x: x, y: y, xTitle: xTitle, yTitle: yTitle, xTicks: whole).draw(on: &drawing)
        for line in series {
            let places = line.points.map { (x: x.place($0.x), y: y.place($0.y)) }
            drawing.path(places, style: "line \(line.style.colour)", dashes: line.style.dashes)
            if places.count == 1 {
                drawing.circle(places[0].x, places[0].y, radius: 3, style: "dot \(line.style.colour)")
            }
        }
        drawNames(on: &drawing, x: x, y: y)
        return drawing.svg(id: id, title: title, description: description)
    }

    /// The ends of the lines in words.
    var description: String {
        series.map { line in
            guard let first = line.points.first, let last = line.points.last else { return "\(line.title): no values" }
            return "\(line.title): from \(NumberText.fixed(first.y)) at \(Self.short(first.x)) "
                + "to \(NumberText.fixed(last.y)) at \(Self.short(last.x))"
        }.joined(separator: "; ") + "."
    }

    /// Names stand beside the ends of their lines, moved apart where lines end close together.
    private func drawNames(on drawing: inout SVGDrawing, x: ChartScale, y: ChartScale) {
        let named = series.filter { !$0.points.isEmpty && !$0.title.isEmpty }
        let ends = named.map { y.place($0.points[$0.points.count - 1].y) }
        let places = LabelPlaces.spread(ends, apart: 17, within: 14...max(y.start, 15))
        for (line, (end, place)) in zip(named, zip(ends, places)) {
            let tail = x.place(line.points[line.points.count - 1].x)
            drawing.path(
                [(x: tail + 2, y: end), (x: x.end + 10, y: place)], style: "leader \(line.style.colour)")
            drawing.path(
                [(x: x.end + 10, y: place), (x: x.end + 28, y: place)], style: "line \(line.style.colour)",
                dashes: line.style.dashes)
            drawing.text(x.end + 32, place + 4, LabelPlaces.cut(line.title, Self.longestName))
        }
    }

    private static func short(_ value: Double) -> String {
        value == value.rounded() ? NumberText.fixed(value, 0) : NumberText.fixed(value, 1)
    }
}
