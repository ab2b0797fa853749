/// Leaves markup out of a text: tags, comments, scripts and styles; replaces character references.
///
/// Tags of words within a line (`b`, `em`, `span`, …) go without a trace, others leave a space. A `<` that begins no tag and a reference
/// that nobody knows stay as they are.
enum HTMLStripper {
    /// Elements that do not end a word.
    private static let inline: Set<String> = [
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "kbd", "mark", "s", "samp",
        "small",
        "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
    ]
    private static let references: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "shy": "\u{AD}", "ndash": "–",
        "mdash": "—",
        "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "copy": "©",
        "reg": "®",
        "deg": "°", "middot": "·", "times": "×", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö",
        "Uuml": "Ü",
        "szlig": "ß", "agrave": "à", "aacute": "á", "acirc": "â", "atilde": "ã", "aring": "å", "aelig": "æ",
        "ccedil": "ç",
        "egrave": "è", "eacute": "é", "ecirc": "ê", "euml": "ë", "iacute": "í", "icirc": "î", "iuml": "ï",
        "ntilde": "ñ",
        "oacute": "ó", "ocirc": "ô", "otilde": "õ", "oslash": "ø", "ugrave": "ù", "uacute": "ú", "ucirc": "û",
    ]

    static func apply(to text: UnsafeBufferPointer<UInt8>) -> FilteredText {
        var result = FilteredText()
        var copied = 0
        var i = 0
        // After the last `>` there is no tag, however many `<` there are.
        let lastEnd = text.lastIndex(of: UInt8(ascii: ">")) ?? 0
        func replace(to end: Int, by replacement: some Collection<UInt8>) {
            result.copy(text, copied..<i)
            result.replace(end - i, by: replacement)
            i = end
            copied = end
        }
        while i < text.count {
            if text[i] == UInt8(ascii: "<"), i < lastEnd, let tag = tag(text, at: i) {
                replace(to: tag.end, by: tag.separates ? [0x20] : [])
            } else if text[i] == UInt8(ascii: "&"), let reference = reference(text, at: i) {
                replace(to: reference.end, by: reference.characters)
            } else {
                i += 1
            }
        }
        result.copy(text, copied..<text.count)
        return result
    }

    /// The tag, comment or whole script that begins at `<`; nil where none does.
    private static func tag(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> (end: Int, separates: Bool)? {
        if text[start...].starts(with: "<!--".utf8) {
            return (find("-->", in: text, from: start + 4) ?? text.count, true)
        }
        var i = start + 1
        guard i < text.count else { return nil }
        let isClosing = text[i] == UInt8(ascii: "/")
        let isDeclaration = text[i] == UInt8(ascii: "!") || text[i] == UInt8(ascii: "?")
        if isClosing || isDeclaration { i += 1 }
        let nameStart = i
        while i < text.count, isNameByte(text[i]) { i += 1 }
        guard i > nameStart, isLetter(text[nameStart]) else { return nil }
        let name = String(decoding: text[nameStart..<i], as: UTF8.self).lowercased()
        guard let end = tagEnd(text, from: i) else { return nil }
        if !isClosing, name == "script" || name == "style" {
            let close = find("</\(name)", in: text, from: end) ?? text.count
            return (tagEnd(text, from: close) ?? text.count, true)
        }
        return (end, !inline.contains(name))
    }

    /// The place after the `>` that ends a tag, those in quoted values skipped where every quote is closed; nil without any.
    private static func tagEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var first: Int?
        var quote: UInt8 = 0
        for i in start..<text.count {
            let byte = text[i]
            if byte == UInt8(ascii: ">") {
                if quote == 0 { return i + 1 }
                first = first ?? i + 1
            } else if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
        }
        return first
    }

    /// The characters of the reference that begins at `&`; nil where none does.
    private static func reference(
        _ text: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> (end: Int, characters: String.UTF8View)? {
        let limit = min(text.count, start + 12)
        guard let end = (start..<limit).first(where: { text[$0] == UInt8(ascii: ";") }) else { return nil }
        let name = String(decoding: text[(start + 1)..<end], as: UTF8.self)
        if let characters = references[name] { return (end + 1, characters.utf8) }
        guard name.hasPrefix("#") else { return nil }
        let isHex = name.hasPrefix("#x") || name.hasPrefix("#X")
        let digits = name.dropFirst(isHex ? 2 : 1)
        guard digits.first != "+", let number = UInt32(digits, radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(number)
        else { return nil }
        return (end + 1, String(scalar).utf8)
    }

    /// The place after a string of ASCII, letters of either case.
    private static func find(_ string: String, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        let wanted = Array(string.utf8)
        guard start + wanted.count <= text.count else { return nil }
        return (start...(text.count - wanted.count)).first { place in
            wanted.indices.allSatisfy { lowercased(text[place + $0]) == wanted[$0] }
        }.map { $0 + wanted.count }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { isLetter(byte) ? byte | 0x20 : byte }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte == UInt8(ascii: "-") || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
}
