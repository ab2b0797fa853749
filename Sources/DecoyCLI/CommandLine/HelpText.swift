extension String {
    /// The text of a help page with each paragraph on one line, so that whoever shows it can wrap it to the width at hand.
    ///
    /// Lines that begin with white space, hold columns (two spaces) or are headings in capitals stay; a call among them that is wider than
    /// 78 bytes goes on after a backslash, as a shell reads it. Every start of the program does this for every command, so it looks at
    /// bytes.
    var flowing: String {
        var text: [UInt8] = []
        text.reserveCapacity(utf8.count + 64)
        var isOpen = false
        for line in Array(utf8).split(separator: HelpText.newline, omittingEmptySubsequences: false) {
            let isPlain = !line.isEmpty && !HelpText.isVerbatim(line) && !HelpText.isHeading(line)
            if !text.isEmpty { text.append(isPlain && isOpen ? HelpText.space : HelpText.newline) }
            if line.count > HelpText.width, line.starts(with: [HelpText.space, HelpText.space]) {
                HelpText.appendContinued(line, to: &text)
            } else {
                text += line
            }
            isOpen = isPlain
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// The form of a help page: paragraphs, headings in capitals, and indented or columned lines that stay as they are.
enum HelpText {
    static let width = 78
    fileprivate static let newline = UInt8(ascii: "\n")
    fileprivate static let space = UInt8(ascii: " ")

    /// Whether a line is a heading, such as `EXIT CODES`.
    static func isHeading(_ line: some Collection<UInt8>) -> Bool {
        !line.isEmpty && line.allSatisfy { $0 == space || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
    }

    /// Whether a line begins with a space or holds two in a row.
    static func isVerbatim(_ line: some Collection<UInt8>) -> Bool {
        var before = space
        for byte in line {
            if byte == space, before == space { return true }
            before = byte
        }
        return false
    }

    /// Appends a call that is too wide, broken before its options outside quotes.
    fileprivate static func appendContinued(_ line: ArraySlice<UInt8>, to text: inout [UInt8]) {
        var breaks: [Int] = []
        var quote: UInt8?
        for place in line.indices.dropFirst(3) {
            let byte = line[place]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = quote == nil ? byte : quote == byte ? nil : quote
            }
            let isOption = byte == UInt8(ascii: "-") && place + 1 < line.endIndex && line[place + 1] != space
            if quote == nil, isOption, line[place - 1] == space { breaks.append(place - 1) }
        }
        var start = line.startIndex
        var indent = 0
        for (number, place) in breaks.enumerated() {
            let next = number + 1 < breaks.count ? breaks[number + 1] : line.endIndex
            // Two characters are for the backslash.
            guard indent + next - start + 2 > width else { continue }
            text += line[start..<place]
            text += " \\\n      ".utf8
            start = place + 1
            indent = 6
        }
        text += line[start...]
    }
}
