extension String {
    /// The text of a help page with each paragraph on one line, so that whoever shows it can wrap it to the width at hand.
    ///
    /// Lines that begin with white space, hold columns (two spaces) or are headings in capitals stay; a call among them that is wider than
    /// 78 characters goes on after a backslash, as a shell reads it.
    var flowing: String {
        var lines: [String] = []
        var isOpen = false
        for line in split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty || line.utf8.first == UInt8(ascii: " ") || line.contains("  ") || HelpText.isHeading(line) {
                lines += line.hasPrefix("  ") ? HelpText.continued(line) : [String(line)]
                isOpen = false
            } else if isOpen, let last = lines.popLast() {
                lines.append(last + " " + line)
            } else {
                lines.append(String(line))
                isOpen = true
            }
        }
        return lines.joined(separator: "\n")
    }
}

/// The form of a help page: paragraphs, headings in capitals, and indented lines that stay as they are.
enum HelpText {
    static let width = 78

    /// Whether a line is a heading, such as `EXIT CODES`.
    static func isHeading(_ line: some StringProtocol) -> Bool {
        !line.isEmpty && line.utf8.allSatisfy { $0 == UInt8(ascii: " ") || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    }

    /// A call that is too wide, broken before its options; other lines as they are.
    static func continued(_ line: Substring) -> [String] {
        guard line.utf8.count > width else { return [String(line)] }
        var lines: [String] = []
        var current = ""
        for (place, part) in parts(of: line).enumerated() {
            if place > 0, current.count + part.count + 3 > width {
                lines.append(current + " \\")
                current = "     "
            }
            current += (place == 0 ? "" : " ") + part
        }
        return lines + [current]
    }

    /// The parts between which a call may be broken: before an option outside quotes.
    private static func parts(of line: Substring) -> [String] {
        var parts = [""]
        var quote: Character?
        var before: Character = " "
        for (place, letter) in zip(line.indices, line) {
            if letter == "\"" || letter == "'" { quote = quote == nil ? letter : quote == letter ? nil : quote }
            if quote == nil, letter == "-", before == " ", !parts[parts.count - 1].allSatisfy({ $0 == " " }) {
                let after = line[line.index(after: place)...].first
                if after != " ", after != nil {
                    parts[parts.count - 1].removeLast()
                    parts.append("")
                }
            }
            parts[parts.count - 1].append(letter)
            before = letter
        }
        return parts
    }
}
