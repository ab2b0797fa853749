/// The colours of a report, as `#rrggbb`; each that bears text has a contrast of at least 4.5 to 1 to the grounds it stands on.
struct HTMLTheme {
    /// The page.
    let ground: String
    /// Boxes on the page.
    let panel: String
    /// Text.
    let text: String
    /// Captions and notes.
    let soft: String
    /// Lines of tables and charts.
    let line: String
    /// The ground of a query's word.
    let mark: String
    /// What is relevant.
    let good: String
    /// What is wrong.
    let bad: String
    /// The systems' colours; the first is that of links too.
    let series: [String]

    static let light = HTMLTheme(
        ground: "#ffffff", panel: "#f4f6f8", text: "#1b1f24", soft: "#57606a", line: "#d5dbe1", mark: "#ffe9a8",
        good: "#116329", bad: "#a40e26",
        series: ["#0a58ab", "#a84300", "#1a6e33", "#57606a", "#7436ad", "#7d5a00", "#a3195b", "#0b6675"])

    static let dark = HTMLTheme(
        ground: "#14171b", panel: "#1d2228", text: "#e5e9ed", soft: "#a8b2bd", line: "#363f49", mark: "#5a4700",
        good: "#6fd08c", bad: "#ff9a94",
        series: ["#6bb1f5", "#f0a067", "#66c583", "#a8b2bd", "#c59bf0", "#d4b062", "#f28ab8", "#5cc6d0"])

    /// The declarations of the style sheet.
    var declarations: String {
        let names = [
            ("ground", ground), ("panel", panel), ("text", text), ("soft", soft), ("line", line), ("mark", mark),
            ("good", good), ("bad", bad),
        ]
        let all = names + series.enumerated().map { ("series\($0.offset)", $0.element) }
        return all.map { "--\($0.0): \($0.1);" }.joined(separator: " ")
    }
}
