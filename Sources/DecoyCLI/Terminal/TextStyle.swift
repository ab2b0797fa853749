import Decoy

/// How tables set text apart.
enum TextStyle {
    /// Not at all.
    case plain
    /// By a terminal's colours.
    case coloured
    /// By Markdown's stars.
    case markdown

    /// The best of several; in Markdown the cell stands out as a whole (`ResultTable.emphasize`).
    func bold(_ text: String) -> String { self == .coloured ? Self.escaped(text, 1) : text }

    /// What is better.
    func better(_ text: String) -> String { self == .coloured ? Self.escaped(text, 32) : text }

    /// What is worse.
    func worse(_ text: String) -> String { self == .coloured ? Self.escaped(text, 31) : text }

    /// Stars, filled up so that the numbers before them stand below each other.
    func mark(_ stars: String, width: Int) -> String {
        self == .markdown ? stars : stars + String(repeating: " ", count: max(0, width - stars.count))
    }

    /// A table of styled cells.
    func text(of table: ResultTable) -> String {
        self == .markdown ? table.markdown() : table.text { DisplayWidth.of(Self.unescaped($0)) }
    }

    private static func escaped(_ text: String, _ code: Int) -> String {
        text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private static func unescaped(_ text: String) -> String {
        guard text.contains("\u{1B}") else { return text }
        return text.replacing(/\u{1B}\[[0-9]+m/, with: "")
    }
}
