/// The little of SGML that TREC's documents use: elements one after another, tags within them, character references.
enum SGML {
    /// One element with its lowercase name.
    struct Element {
        var name: String
        var content: String
    }

    /// Why a text is not a sequence of elements.
    struct Fault: Error {
        var problem: String
    }

    /// Whether bytes begin with a lowercase ASCII word, case ignored.
    static func matches(_ word: StaticString, _ bytes: some Collection<UInt8>) -> Bool {
        word.withUTF8Buffer { word in
            var place = bytes.startIndex
            for letter in word {
                guard place != bytes.endIndex, lowercase(bytes[place]) == letter else { return false }
                place = bytes.index(after: place)
            }
            return true
        }
    }

    /// Where a lowercase ASCII word first stands in bytes, case ignored.
    static func find(_ word: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        var place = bytes.startIndex
        while let next = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            if matches(word, bytes[next...]) { return next }
            place = next + 1
        }
        return nil
    }

    /// The top-level elements of a text; comments are dropped.
    static func elements(of text: String) throws -> [Element] {
        let bytes = Array(text.utf8)
        var result: [Element] = []
        var place = 0
        while true {
            while place < bytes.count, bytes[place] <= 32 { place += 1 }
            guard place < bytes.count else { return result }
            guard bytes[place] == UInt8(ascii: "<") else { throw Fault(problem: "text outside any element") }
            if matches("<!--", bytes[place...]) {
                place = (bytes[place...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
                continue
            }
            guard let tagEnd = bytes[place...].firstIndex(of: UInt8(ascii: ">")) else {
                throw Fault(problem: "a tag without \">\"")
            }
            let tag = bytes[(place + 1)..<tagEnd].prefix { $0 > 32 }.map(lowercase)
            let name = String(decoding: tag, as: UTF8.self)
            guard !tag.isEmpty, let close = closing(tag, in: bytes, from: tagEnd + 1) else {
                throw Fault(problem: "<\(name)> without </\(name)>")
            }
            result.append(Element(name: name, content: String(decoding: bytes[(tagEnd + 1)..<close], as: UTF8.self)))
            place = (bytes[close...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
        }
    }

    private static func closing(_ name: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while let next = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            let end = next + 2 + name.count
            if end < bytes.count, bytes[next + 1] == UInt8(ascii: "/"),
                bytes[(next + 2)..<end].lazy.map(lowercase).elementsEqual(name),
                bytes[end] == UInt8(ascii: ">") || bytes[end] <= 32
            {
                return next
            }
            place = next + 1
        }
        return nil
    }

    /// A content without tags, its character references replaced, without white space at its ends.
    static func plainText(_ content: String) -> String {
        guard content.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else {
            return content.trimmedOfSpaces
        }
        let bytes = Array(content.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if let end = tagEnd(bytes, place) {
                result.append(32)
                place = end + 1
            } else if let (text, end) = reference(bytes, place) {
                result += Array(text.utf8)
                place = end + 1
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: result, as: UTF8.self).trimmedOfSpaces
    }

    /// The end of the tag that begins at a place; nil where a "<" is only a "<".
    private static func tagEnd(_ bytes: [UInt8], _ place: Int) -> Int? {
        guard bytes[place] == UInt8(ascii: "<"), place + 1 < bytes.count else { return nil }
        let next = lowercase(bytes[place + 1])
        guard next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || (next >= 97 && next <= 122) else { return nil }
        return bytes[place...].prefix(200).firstIndex(of: UInt8(ascii: ">"))
    }

    private static func reference(_ bytes: [UInt8], _ place: Int) -> (String, Int)? {
        guard bytes[place] == UInt8(ascii: "&"), let end = bytes[place...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
        else {
            return nil
        }
        let name = String(decoding: bytes[(place + 1)..<end], as: UTF8.self)
        let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " "]
        if let text = named[name.lowercased()] { return (text, end) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let code, code > 0, let scalar = Unicode.Scalar(code) else { return nil }
        return (String(Character(scalar)), end)
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte | 0x20 : byte }
}
