/// A JSON value whose objects keep their order and tell keys apart by their bytes.
///
/// Foundation's readers make a dictionary keyed by `String`, in which canonically equivalent keys are one; a multilingual vocabulary
/// has such keys.
enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// The value of a key that is plain ASCII; nil where this is no object or has no such key.
    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The string; nil where this is something else.
    var string: String? { if case .string(let value) = self { value } else { nil } }

    /// The truth value; nil where this is something else.
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The whole number; nil where this is something else.
    var integer: Int? { if case .number(let value) = self { Int(exactly: value) } else { nil } }

    /// Whether this is null.
    var isNull: Bool { if case .null = self { true } else { false } }

    /// The string as JSON, in quotes; only what must be escaped is.
    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}
