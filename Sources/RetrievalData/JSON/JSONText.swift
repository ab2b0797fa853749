/// Writes strings as JSON text.
public enum JSONText {
    /// A string with quotes around it, escaped as `escaped(_:)` does.
    public static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

    /// A string as it stands between the quotes of a JSON string (RFC 8259, section 7).
    ///
    /// Only what must be escaped is: the quote, the backslash and the control characters below U+0020; all else stays
    /// as UTF-8.
    public static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }) { return text }
        var text = text
        let result: [UInt8] = text.withUTF8 { bytes in
            var result: [UInt8] = []
            result.reserveCapacity(bytes.count + 16)
            var start = 0
            for (place, byte) in bytes.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                result.append(contentsOf: bytes[start..<place])
                append(byte, to: &result)
                start = place + 1
            }
            result.append(contentsOf: bytes[start...])
            return result
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Strings as a JSON array.
    public static func array(_ texts: [String]) -> String {
        "[" + texts.map(quoted).joined(separator: ", ") + "]"
    }

    /// A finite number as the shortest JSON number that reads back as the same `Double`; `null` where it is not finite.
    public static func number(_ value: Double) -> String {
        value.isFinite ? value.description : "null"
    }

    private static func append(_ byte: UInt8, to result: inout [UInt8]) {
        switch byte {
        case 0x22: result += [0x5C, 0x22]
        case 0x5C: result += [0x5C, 0x5C]
        case 0x0A: result += [0x5C, 0x6E]
        case 0x0D: result += [0x5C, 0x72]
        case 0x09: result += [0x5C, 0x74]
        case 0x00..<0x20:
            let digits = Array("0123456789abcdef".utf8)
            result += [0x5C, 0x75, 0x30, 0x30, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        default: result.append(byte)
        }
    }
}
