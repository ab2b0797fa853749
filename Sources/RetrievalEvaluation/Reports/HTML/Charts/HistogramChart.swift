/// How often values fall into each bin, with a line at zero and, where wanted, one at the mean.
struct HistogramChart {
    /// One bin.
    struct Bin: Hashable {
        var lower: Double
        var upper: Double
        var count: Int
    }

    let title: String
    let xTitle: String
    let yTitle: String
    let bins: [Bin]
    /// A value that is marked by a line; nil for none.
    var mean: Double?
    /// What the sides below and above zero mean, such as `worse` and `better`.
    var sides: (below: String, above: String) = ("", "")
    /// The highest count of the vertical axis; nil for that of the bins.
    var highest: Int?
    /// What the picture shows, in words.
    let description: String
    var height = 260.0

    /// The SVG: 480 units wide.
    func svg(id: String) -> String {
        var drawing = SVGDrawing(width: 480, height: height)
        let low = bins.map(\.lower).min() ?? 0
        let high = bins.map(\.upper).max() ?? 1
        let x = ChartScale(low < high ? low...high : low - 0.5...low + 0.5, start: 46, end: 466)
        let top = Double(max(highest ?? bins.map(\.count).max() ?? 1, 1))
        // The mean's label stands above the bars.
        let room = mean == nil ? top : top * 1.15
        let y = ChartScale(ChartScale.domain(of: [room], includingZero: true), start: height - 46, end: 46)
        let ticks = top < 5 ? Int(top) : 4
        ChartAxes(x: x, y: y, xTitle: xTitle, yTitle: yTitle, yTicks: ticks).draw(on: &drawing)
        for bin in bins where bin.count > 0 {
            let left = x.place(bin.lower) + 1
            let place = y.place(Double(bin.count))
            // A bin with one query among thousands must still be seen.
            let bar = max(y.start - place, 1.5)
            drawing.rectangle(
                left, y.start - bar, width: x.place(bin.upper) - 1 - left, height: bar,
                style: bin.lower + bin.upper < 0 ? "loss" : "win")
        }
        drawMarks(on: &drawing, x: x, y: y)
        return drawing.svg(id: id, title: title, description: description)
    }

    private func drawMarks(on drawing: inout SVGDrawing, x: ChartScale, y: ChartScale) {
        if x.domain.contains(0) {
            let zero = x.place(0)
            drawing.line(zero, y.end - 12, zero, y.start, style: "zero")
            if !sides.below.isEmpty, zero - x.start > 60 {
                drawing.text(zero - 8, y.end - 2, "← " + sides.below, anchor: .end)
            }
            if !sides.above.isEmpty, x.end - zero > 60 { drawing.text(zero + 8, y.end - 2, sides.above + " →") }
        }
        guard let mean else { return }
        let place = x.place(mean)
        drawing.line(place, y.end + 4, place, y.start, style: "mean")
        // Away from the line at zero, where there is room.
        let isRight = mean >= 0 ? place < x.end - 90 : place < x.start + 90
        drawing.text(
            place + (isRight ? 8 : -8), y.end + 16, "mean \(NumberText.signed(mean, 3))",
            anchor: isRight ? .start : .end,
            style: "haloed")
    }
}
