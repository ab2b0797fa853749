/// The value of one field of a JSON object.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction or exponent that fits 64 bits.
    case integer(Int64)
    /// Any other number.
    case double(Double)
    /// A string.
    case string(String)
    /// An array of strings; the empty array too.
    case strings([String])
    /// An array of numbers with at least one of them.
    case numbers([Double])
    /// Anything else, as minified JSON.
    case raw(String)

    /// What the value is, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .double: "a number"
        case .string: "a string"
        case .strings: "an array of strings"
        case .numbers: "an array of numbers"
        case .raw(let text): text.hasPrefix("{") ? "an object" : text.hasPrefix("[") ? "an array" : "a number"
        }
    }

    /// The value as JSON text on one line.
    public var json: String {
        switch self {
        case .null: "null"
        case .bool(let truth): truth ? "true" : "false"
        case .integer(let number): String(number)
        case .double(let number): JSONText.number(number)
        case .string(let text): JSONText.quoted(text)
        case .strings(let texts): JSONText.array(texts)
        case .numbers(let numbers): "[" + numbers.map(JSONText.number).joined(separator: ", ") + "]"
        case .raw(let text): text
        }
    }
}
