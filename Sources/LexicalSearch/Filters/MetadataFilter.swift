/// A condition on the metadata of documents, such as `year >= 2020 and lang = de`.
///
/// A test is a key, a sign and a value (`=`, `!=`, `<`, `<=`, `>`, `>=`), `key in (a, b, c)`, or `exists key` (`key exists`); tests are joined by
/// `and`, `or`, `not` and parentheses. A key names a field of the corpus line other than id, title and text, or a field of BEIR's object `metadata`;
/// dots lead into nested objects (`author.name`). Keys and values with blanks or signs in them stand in single or double quotes.
///
/// - A test is true if a value of the document makes it true: arrays have several. `key != x` is false for a document without the key,
///   `not (key = x)` is true for it.
/// - A number without quotes compares by value with numbers and with strings that spell a number (JSON's way), as of CSV files.
///   `true` and `false` compare likewise. All else compares with strings, byte by byte, so that ISO dates stand in the order of time.
///   Values that cannot be compared are not equal. Numbers have double precision.
public struct MetadataFilter: Sendable, Hashable, CustomStringConvertible {
    let expression: FilterExpression

    /// The filter that a text spells; throws `FilterError.syntax`, which names the column and what was expected there.
    ///
    /// Keywords may be in either case. Parentheses and `not` may be nested 64 deep.
    public init(_ text: String) throws { expression = try FilterParser.parse(text) }

    init(_ expression: FilterExpression) { self.expression = expression }

    /// The keys that the filter names, each once, in byte order.
    public var keys: [String] {
        var keys: Set<[UInt8]> = []
        expression.forEachTest { key, _, _ in keys.insert(Array(key.utf8)) }
        return keys.sorted { $0.lexicographicallyPrecedes($1) }.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The filter as a text that spells it.
    public var description: String { expression.description }
}

extension FilterExpression: CustomStringConvertible {
    var description: String {
        switch self {
        case .comparison(let key, let comparison, let value):
            "\(Self.word(key)) \(comparison.rawValue) \(value)"
        case .oneOf(let key, let values):
            "\(Self.word(key)) in (\(values.map(\.description).joined(separator: ", ")))"
        case .exists(let key): "exists \(Self.word(key))"
        case .not(let operand): "not \(operand.factor)"
        case .all(let operands): operands.map(\.factor).joined(separator: " and ")
        case .any(let operands): operands.map(\.description).joined(separator: " or ")
        }
    }

    /// The expression behind `not` or beside `and`: in parentheses only where it needs them, as their depth is limited.
    private var factor: String {
        switch self {
        case .all, .any: "(\(self))"
        default: description
        }
    }

    /// A key as it is written.
    static func word(_ key: String) -> String { FilterLexer.isWord(key) ? key : FilterValue.quoted(key) }
}

extension FilterValue: CustomStringConvertible {
    var description: String {
        switch self {
        case .number(let number):
            number.magnitude < 0x1p53 && number == number.rounded() ? String(Int(number)) : "\(number)"
        case .boolean(let truth): truth ? "true" : "false"
        case .string(let text):
            FilterLexer.isWord(text) && JSONNumber.value(text) == nil ? text : Self.quoted(text)
        }
    }

    /// A text in single quotes.
    static func quoted(_ text: String) -> String {
        var quoted = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": quoted += "\\\\"
            case "'": quoted += "\\'"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }
}
