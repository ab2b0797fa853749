/// The hits in a JSON line, as they stand there.
enum HitsText {
    /// What a line begins with.
    static let start = "{\"hits\":["

    /// The objects of the array that a line begins with, and what follows from its end on; nil where it is another line.
    static func parts(_ line: String) -> (hits: [Substring], tail: Substring)? {
        guard line.hasPrefix(start) else { return nil }
        let bytes = line.utf8
        var place = bytes.index(bytes.startIndex, offsetBy: start.utf8.count)
        var hits: [Substring] = []
        var depth = 0
        var isString = false
        var isEscaped = false
        var begin = place
        while place < bytes.endIndex {
            let byte = bytes[place]
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    if depth == 0, byte == UInt8(ascii: "{") { begin = place }
                    depth += 1
                case UInt8(ascii: "]") where depth == 0:
                    return (hits, line[place...])
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth < 0 { return nil }
                    if depth == 0 { hits.append(line[begin...place]) }
                default: break
                }
            }
            place = bytes.index(after: place)
        }
        return nil
    }
}
