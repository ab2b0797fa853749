/// A picture as inline SVG: shapes added one by one, with a title and a description for those who don't see it.
///
/// Sizes are in units of the view box; the page scales the whole. Colours are classes of `HTMLStyle`, so that one picture serves both
/// themes.
struct SVGDrawing {
    /// Where a text stands to its point.
    enum Anchor: String {
        case start, middle, end
    }

    let width: Double
    let height: Double
    private var shapes = ""

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, style: String) {
        shapes += "<path class=\"\(style)\" d=\"M\(Self.n(x1)) \(Self.n(y1))L\(Self.n(x2)) \(Self.n(y2))\"/>\n"
    }

    mutating func path(_ points: [(x: Double, y: Double)], style: String, dashes: String = "") {
        let way = points.map { "\(Self.n($0.x)) \(Self.n($0.y))" }.joined(separator: "L")
        let pattern = dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
        if !points.isEmpty { shapes += "<path class=\"\(style)\"\(pattern) d=\"M\(way)\"/>\n" }
    }

    mutating func circle(_ x: Double, _ y: Double, radius: Double, style: String) {
        shapes += "<circle class=\"\(style)\" cx=\"\(Self.n(x))\" cy=\"\(Self.n(y))\" r=\"\(Self.n(radius))\"/>\n"
    }

    mutating func rectangle(_ x: Double, _ y: Double, width: Double, height: Double, style: String) {
        shapes += "<rect class=\"\(style)\" x=\"\(Self.n(x))\" y=\"\(Self.n(y))\" "
        shapes += "width=\"\(Self.n(max(width, 0)))\" height=\"\(Self.n(max(height, 0)))\"/>\n"
    }

    mutating func text(_ x: Double, _ y: Double, _ text: String, anchor: Anchor = .start, style: String = "") {
        let kind = style.isEmpty ? "" : " class=\"\(style)\""
        shapes += "<text\(kind) x=\"\(Self.n(x))\" y=\"\(Self.n(y))\" text-anchor=\"\(anchor.rawValue)\">"
        shapes += HTMLText.escaped(text) + "</text>\n"
    }

    /// An interval as a line with a short stroke at each end.
    mutating func whisker(from low: Double, to high: Double, y: Double, style: String) {
        line(low, y, high, y, style: style)
        line(low, y - 4, low, y + 4, style: style)
        line(high, y - 4, high, y + 4, style: style)
    }

    /// The element; `id` is unique on the page.
    func svg(id: String, title: String, description: String) -> String {
        "<svg viewBox=\"0 0 \(Self.n(width)) \(Self.n(height))\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">\n"
            + "<title id=\"\(id)-t\">\(HTMLText.escaped(title))</title>\n"
            + "<desc id=\"\(id)-d\">\(HTMLText.escaped(description))</desc>\n" + shapes + "</svg>\n"
    }

    /// A coordinate with one decimal; what is no number is 0.
    static func n(_ value: Double) -> String { value.isFinite ? NumberText.fixed(value, 1) : "0.0" }
}
