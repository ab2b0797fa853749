/// One JSON object, such as a line of a JSON Lines file: its fields in the order of the text.
public struct JSONLine: Sendable, Hashable {
    /// A key with its value.
    public typealias Field = (key: String, value: JSONValue)

    /// The fields; a key that the text repeats is here as often.
    public let fields: [Field]

    /// Why a text is no JSON object.
    public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// The bytes are not UTF-8.
        case invalidUTF8
        /// The text is not JSON; the reason is the parser's.
        case broken(String)
        /// The text is JSON, but no object.
        case notAnObject
        /// A key stands twice.
        case duplicateKey(String)

        /// The problem in words.
        public var description: String {
            switch self {
            case .invalidUTF8: "the bytes are not valid UTF-8"
            case .broken(let reason): "broken JSON (\(reason))"
            case .notAnObject: "JSON, but not an object"
            case .duplicateKey(let key): "the key \(JSONText.quoted(key)) stands twice"
            }
        }
    }

    init(fields: [Field]) { self.fields = fields }

    /// Parses a text that holds one JSON object and nothing else; throws a `Problem`.
    public init(parsing text: String) throws {
        var copy = text
        self = try copy.withUTF8 { try JSONLineParser().parse($0) }
    }

    /// The value of a key; nil where there is none, the first where the key repeats.
    ///
    /// Complexity: O(number of fields).
    public subscript(key: String) -> JSONValue? { fields.first { $0.key == key }?.value }

    /// The string of a key; nil where there is none or it is something else.
    public func string(_ key: String) -> String? {
        if case .string(let text) = self[key] { text } else { nil }
    }

    /// The number of a key; nil where there is none or it is something else.
    public func number(_ key: String) -> Double? {
        switch self[key] {
        case .integer(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// The strings of a key; nil where there is no array of strings.
    public func strings(_ key: String) -> [String]? {
        if case .strings(let texts) = self[key] { texts } else { nil }
    }

    /// The numbers of a key; nil where there is no array of numbers; the empty array is one.
    public func numbers(_ key: String) -> [Double]? {
        switch self[key] {
        case .numbers(let numbers): numbers
        case .strings(let texts): texts.isEmpty ? [] : nil
        default: nil
        }
    }

    /// Whether both have the same fields in the same order.
    public static func == (one: JSONLine, other: JSONLine) -> Bool {
        one.fields.elementsEqual(other.fields) { $0.key == $1.key && $0.value == $1.value }
    }

    /// Feeds keys and values in their order.
    public func hash(into hasher: inout Hasher) {
        for field in fields {
            hasher.combine(field.key)
            hasher.combine(field.value)
        }
    }
}
