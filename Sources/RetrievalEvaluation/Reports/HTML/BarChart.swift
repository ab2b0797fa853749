/// A bar for each system on one measure, with its interval, as inline SVG with a text alternative.
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

    /// The SVG: 480 units wide, 26 a bar; it scales with the page.
    func svg(id: String) -> String {
        let left = 96.0
        let width = 310.0
        let top = bars.map { max($0.value, $0.interval?.upper ?? 0) }.max() ?? 0
        let scale = top > 0 ? width / top : 0
        var svg = "<svg viewBox=\"0 0 480 \(bars.count * 26 + 4)\" role=\"img\" aria-labelledby=\"\(id)t \(id)d\">\n"
        svg += "<title id=\"\(id)t\">\(HTMLText.escaped(title)) by system</title>\n"
        svg += "<desc id=\"\(id)d\">\(HTMLText.escaped(alternative))</desc>\n"
        for (place, bar) in bars.enumerated() {
            let y = Double(place) * 26 + 2
            let length = max(bar.value, 0) * scale
            let kind = bar.isMain ? "mainbar" : "bar"
            svg += "<text x=\"\(Self.n(left - 8))\" y=\"\(Self.n(y + 15))\" text-anchor=\"end\">"
            svg += "\(HTMLText.escaped(Self.short(bar.title)))</text>"
            svg += "<rect class=\"\(kind)\" x=\"\(Self.n(left))\" y=\"\(Self.n(y + 3))\" rx=\"2\" "
            svg += "width=\"\(Self.n(length))\" height=\"16\"/>"
            var end = length
            if let interval = bar.interval {
                let low = left + max(interval.lower, 0) * scale
                let high = left + max(interval.upper, 0) * scale
                svg += "<path class=\"whisker\" d=\"M\(Self.n(low)) \(Self.n(y + 11))H\(Self.n(high))"
                svg += "M\(Self.n(low)) \(Self.n(y + 7))v8M\(Self.n(high)) \(Self.n(y + 7))v8\"/>"
                end = max(end, high - left)
            }
            svg +=
                "<text x=\"\(Self.n(left + end + 8))\" y=\"\(Self.n(y + 15))\">\(NumberText.fixed(bar.value))</text>\n"
        }
        return svg + "</svg>\n"
    }

    /// All values in words.
    var alternative: String {
        bars.map { bar in
            let range = bar.interval.map {
                " (\(NumberText.fixed($0.lower)) to \(NumberText.fixed($0.upper)))"
            }
            return "\(bar.title) \(NumberText.fixed(bar.value))\(range ?? "")"
        }.joined(separator: ", ")
    }

    private static func n(_ value: Double) -> String { NumberText.fixed(value, 1) }

    /// Titles that would not fit are cut; the text alternative has them whole.
    private static func short(_ title: String) -> String {
        title.count > 14 ? title.prefix(13) + "…" : title
    }
}
