/// Text as troff reads it.
enum RoffText {
    /// A line in which nothing is a command: backslashes, dashes, quotes of code and characters beyond ASCII are spelled as escapes.
    static func escaped(_ line: some StringProtocol) -> String {
        var text = ""
        for scalar in line.unicodeScalars {
            switch scalar {
            case "\\": text += "\\e"
            case "-": text += "\\-"
            case "'": text += "\\(aq"
            case "`": text += "\\(ga"
            case "^": text += "\\(ha"
            case "~": text += "\\(ti"
            case _ where scalar.isASCII: text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
            }
        }
        return text.hasPrefix(".") ? "\\&" + text : text
    }

    /// Sentences, each on a line of its own, so that troff sets the space between them; long ones go on in the next line.
    static func sentences(_ text: some StringProtocol) -> [String] {
        var lines: [String] = []
        var current = ""
        let words = text.split(whereSeparator: \.isWhitespace)
        for (place, word) in words.enumerated() {
            let word = escaped(word)
            if !current.isEmpty, current.utf8.count + word.utf8.count >= 78 {
                lines.append(current)
                current = ""
            }
            current += current.isEmpty ? word : " " + word
            let next = place + 1 < words.count ? words[place + 1].first : nil
            let endsSentence = word.hasSuffix(".") && word.count > 3 && !word.hasSuffix("...")
            if endsSentence, next?.isUppercase == true || next == "-" {
                lines.append(current)
                current = ""
            }
        }
        return current.isEmpty ? lines : lines + [current]
    }
}
