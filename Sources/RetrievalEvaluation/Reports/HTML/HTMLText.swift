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
            case _ where isControl(scalar): escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A paragraph; nothing for no text.
    static func paragraph(_ text: String, style: String = "") -> String {
        if text.isEmpty { return "" }
        // A relation and its number, or a number and its sign, stay on one line.
        var words = escaped(text)
        for (loose, tight) in [
            ("* p", "*&nbsp;p"), ("p &lt; ", "p&nbsp;&lt;&nbsp;"), ("p = ", "p&nbsp;=&nbsp;"), (" %", "&nbsp;%"),
        ] {
            words = words.replacing(loose, with: tight)
        }
        return "<p\(style.isEmpty ? "" : " class=\"\(style)\"")>\(words)</p>\n"
    }

    /// Content that opens on demand; nothing for no content.
    static func details(_ summary: String, _ content: String) -> String {
        content.isEmpty ? "" : "<details>\n<summary>\(escaped(summary))</summary>\n\(content)</details>\n"
    }

    /// A picture with its caption.
    static func figure(_ caption: String, _ svg: String) -> String {
        "<figure>\n<figcaption>\(escaped(caption))</figcaption>\n\(svg)</figure>\n"
    }

    /// A table with row heads; nothing for no rows.
    ///
    /// Where it has more than three columns, it scrolls in a box of its own, and each row becomes a block on a narrow screen, whose cells
    /// carry their column's title. Roles are given because a table that is shown as blocks loses its own.
    static func table(_ table: ResultTable, caption: String, highlighted: String? = nil) -> String {
        if table.rows.isEmpty { return "" }
        let isWide = table.columns.count > 3
        func role(_ name: String) -> String { isWide ? " role=\"\(name)\"" : "" }
        let shape =
            isWide ? " class=\"wide\(table.columns.count > 8 ? " dense" : "")\" role=\"table\"" : " class=\"narrow\""
        var html = "<table\(shape)>\n<caption>\(escaped(caption))</caption>\n"
        html += "<thead\(role("rowgroup"))><tr\(role("row"))>"
        for column in table.columns {
            html += "<th scope=\"col\"\(role("columnheader"))\(side(column))>\(escaped(column.title))</th>"
        }
        html += "</tr></thead>\n<tbody\(role("rowgroup"))>\n"
        for (place, row) in table.rows.enumerated() {
            html += "<tr\(row.first == highlighted ? " class=\"main\"" : "")\(role("row"))>"
            for (index, cell) in row.enumerated() where index < table.columns.count {
                let column = table.columns[index]
                var text = escaped(cell).replacing("± ", with: "±&nbsp;")
                if table.isStrong(row: place, column: index) { text = "<strong>\(text)</strong>" }
                html +=
                    index == 0
                    ? "<th scope=\"row\"\(role("rowheader"))>\(text)</th>"
                    : "<td\(role("cell"))\(side(column)) data-title=\"\(escaped(column.title))\">\(text)</td>"
            }
            html += "</tr>\n"
        }
        html += "</tbody>\n</table>\n"
        if !isWide { return html }
        return
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"\(escaped(caption))\">\n\(html)</div>\n"
    }

    private static func side(_ column: ResultTable.Column) -> String {
        column.alignment == .right ? " class=\"number\"" : ""
    }

    /// C0 and C1 controls, and what may stand in no XML or turns the direction of the text around it.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}
