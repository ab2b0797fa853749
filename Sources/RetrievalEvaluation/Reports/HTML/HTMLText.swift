/// Text and tables as HTML.
enum HTMLText {
    /// Text that no browser reads as markup, in content and in quoted attributes; control characters become spaces.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A table with row heads.
    ///
    /// Where it has more than four columns, each row becomes a block on a narrow screen, whose cells carry
    /// their column's title.
    static func table(_ table: ResultTable, caption: String, highlighted: String? = nil) -> String {
        let shape = table.columns.count > 4 ? " class=\"wide\"" : table.columns.count < 4 ? " class=\"narrow\"" : ""
        var html = "<table\(shape)>\n<caption>\(escaped(caption))</caption>\n<thead><tr>"
        for column in table.columns {
            html += "<th scope=\"col\"\(side(column))>\(escaped(column.title))</th>"
        }
        html += "</tr></thead>\n<tbody>\n"
        for row in table.rows {
            html += row.first == highlighted ? "<tr class=\"main\">" : "<tr>"
            for (column, cell) in zip(table.columns, row).enumerated().map({ ($0.offset, $0.element) }) {
                let title = " data-title=\"\(escaped(cell.0.title))\""
                html +=
                    column == 0
                    ? "<th scope=\"row\">\(escaped(cell.1))</th>"
                    : "<td\(side(cell.0))\(title)>\(escaped(cell.1).replacing("± ", with: "±&nbsp;"))</td>"
            }
            html += "</tr>\n"
        }
        return html + "</tbody>\n</table>\n"
    }

    private static func side(_ column: ResultTable.Column) -> String {
        column.alignment == .right ? " class=\"number\"" : ""
    }
}
