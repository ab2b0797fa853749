/// A table of short cells that can be written for a terminal or as Markdown.
public struct ResultTable: Sendable, Hashable {
    /// On which side a column's cells stand.
    public enum Alignment: Sendable, Hashable {
        /// Text.
        case left
        /// Numbers.
        case right
    }

    /// One column's head and side.
    public struct Column: Sendable, Hashable {
        /// The head.
        public var title: String
        /// The side.
        public var alignment: Alignment

        /// A column.
        public init(_ title: String, _ alignment: Alignment = .right) {
            self.title = title
            self.alignment = alignment
        }
    }

    /// The columns.
    public var columns: [Column]
    /// The rows, each with a cell for each column.
    public var rows: [[String]]
    /// The cells that stand out, such as the best value of a column.
    private var strong: Set<Place> = []

    private struct Place: Sendable, Hashable {
        var row: Int
        var column: Int
    }

    /// A table; rows that are too short are filled with empty cells, and cells beyond the columns are dropped.
    public init(columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = []
        for row in rows { append(row) }
    }

    /// Adds a row; filled up or cut to the number of columns.
    public mutating func append(_ row: [String]) {
        let missing = max(0, columns.count - row.count)
        rows.append(Array((row + Array(repeating: "", count: missing)).prefix(columns.count)))
    }

    /// Makes a cell stand out in Markdown, HTML and LaTeX; plain text doesn't show it.
    public mutating func emphasize(row: Int, column: Int) { strong.insert(Place(row: row, column: column)) }

    /// Whether a cell stands out.
    func isStrong(row: Int, column: Int) -> Bool { strong.contains(Place(row: row, column: column)) }

    /// The table with columns of equal width, two spaces apart, a line under the heads, and a newline after each row.
    ///
    /// `width` says how many columns of a terminal a cell takes.
    public func text(width: (String) -> Int = \.count) -> String {
        let widths = columns.indices.map { column in
            ([columns[column].title] + rows.map { $0[column] }).map(width).max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            var text = ""
            for (column, cell) in cells.enumerated() {
                let padding = String(repeating: " ", count: max(0, widths[column] - width(cell)))
                if column > 0 { text += "  " }
                text += columns[column].alignment == .left ? cell + padding : padding + cell
            }
            while text.last == " " { text.removeLast() }
            return text + "\n"
        }
        let rule = line(widths.map { String(repeating: "-", count: $0) })
        return line(columns.map(\.title)) + rule + rows.map(line).joined()
    }

    /// The table in GitHub's Markdown, with a newline after each row.
    public func markdown() -> String {
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
        let rule = line(columns.map { $0.alignment == .left ? ":--" : "--:" })
        var text = line(columns.map { MarkdownText.escaped($0.title) }) + rule
        for (place, row) in rows.enumerated() {
            text += line(
                row.enumerated().map { column, cell in
                    let cell = MarkdownText.escaped(cell)
                    return isStrong(row: place, column: column) ? "**\(cell)**" : cell
                })
        }
        return text
    }
}
