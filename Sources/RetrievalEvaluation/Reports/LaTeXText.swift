/// Text and tables for LaTeX with the package `booktabs`.
enum LaTeXText {
    /// Text that TeX sets as it stands, but for straight quotation marks, which become closing ones.
    ///
    /// Letters of other scripts are left to the document's fonts.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\textbackslash{}"
            case "&", "%", "$", "#", "_", "{", "}": escaped += "\\\(scalar)"
            // At the start of a row they would belong to the line end before.
            case "*", "[", "]": escaped += "{\(scalar)}"
            case "~": escaped += "\\textasciitilde{}"
            case "^": escaped += "\\textasciicircum{}"
            case "<": escaped += "\\textless{}"
            case ">": escaped += "\\textgreater{}"
            case "|": escaped += "\\textbar{}"
            case "\"": escaped += "''"
            case "−": escaped += "$-$"
            case "±": escaped += "$\\pm$"
            case "→": escaped += "$\\rightarrow$"
            case "…": escaped += "\\ldots{}"
            case "–": escaped += "--"
            case "“": escaped += "``"
            case "”": escaped += "''"
            case "`": escaped += "\\textasciigrave{}"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): escaped += " "
            case "\u{2028}", "\u{2029}": escaped += " "
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A float with a caption, a label and a `tabular` with rules; nothing for no rows.
    static func table(_ table: ResultTable, caption: String, label: String) -> String {
        if table.rows.isEmpty { return "" }
        func line(_ cells: [String]) -> String { "    " + cells.joined(separator: " & ") + " \\\\\n" }
        let sides = table.columns.map { $0.alignment == .left ? "l" : "r" }.joined()
        var text = "\\begin{table}\n  \\centering\n  \\caption{\(escaped(caption))}\n  \\label{tab:\(label)}\n"
        text += "  \\begin{tabular}{@{}\(sides)@{}}\n    \\toprule\n"
        text += line(table.columns.map { escaped($0.title) }) + "    \\midrule\n"
        for (place, row) in table.rows.enumerated() {
            text += line(
                row.enumerated().map { column, cell in
                    let cell = marked(cell)
                    return table.isStrong(row: place, column: column) ? "\\textbf{\(cell)}" : cell
                })
        }
        return text + "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n"
    }

    /// Stars after a number stand raised.
    private static func marked(_ cell: String) -> String {
        let stars = cell.reversed().prefix { $0 == "*" }.count
        if stars == 0 || stars == cell.count { return escaped(cell) }
        return escaped(String(cell.dropLast(stars))) + "\\textsuperscript{\(String(repeating: "*", count: stars))}"
    }
}
