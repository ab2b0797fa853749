/// The frame of a chart: grid lines, the ticks' labels, and the axes' titles.
struct ChartAxes {
    let x: ChartScale
    let y: ChartScale
    var xTitle: String
    var yTitle: String
    var xTicks = 5
    var yTicks = 5

    func draw(on drawing: inout SVGDrawing) {
        for (tick, label) in zip(y.ticks(yTicks), y.labels(yTicks)) {
            let place = y.place(tick)
            drawing.line(x.start, place, x.end, place, style: "grid")
            drawing.text(x.start - 6, place + 4, label, anchor: .end, style: "soft")
        }
        for (tick, label) in zip(x.ticks(xTicks), x.labels(xTicks)) {
            let place = x.place(tick)
            drawing.line(place, y.start, place, y.start + 4, style: "axis")
            drawing.text(place, y.start + 19, label, anchor: .middle, style: "soft")
        }
        drawing.line(x.start, y.start, x.end, y.start, style: "axis")
        drawing.text((x.start + x.end) / 2, y.start + 38, xTitle, anchor: .middle, style: "soft")
        drawing.text(2, y.end - 15, yTitle, style: "soft")
    }
}
