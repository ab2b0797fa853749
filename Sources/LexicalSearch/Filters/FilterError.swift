/// What can be wrong with a filter.
public enum FilterError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is no filter; `column` counts Unicode scalars from 1.
    case syntax(expression: String, column: Int, expected: String, found: String)
    /// No document has the key; `known` are those that documents have, at most some dozens.
    case unknownKey(key: String, known: [String], index: String)
    /// No document has a value of the key that could be compared with the given one.
    case incomparable(key: String, value: String, reason: String)
    /// The key has strings that are too long to be ordered.
    case unordered(key: String)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .syntax(let expression, let column, let expected, let found):
            "filter, column \(column): expected \(expected); found \(found)\n" + Self.excerpt(expression, column)
        case .unknownKey(let key, let known, let index):
            known.isEmpty
                ? "filter: no document of \(index) has metadata that filters know; build the index from documents with metadata"
                : "filter: no document of \(index) has the key '\(key)'; known keys: \(known.joined(separator: ", "))"
        case .incomparable(let key, let value, let reason):
            "filter: nothing under '\(key)' can be compared with \(value); \(reason)"
        case .unordered(let key):
            "filter: '\(key)' has strings of more than \(MetadataKind.maximumLength) bytes, which have no order in the index; compare with = or !="
        }
    }

    /// The expression around a column, with a mark below it.
    private static func excerpt(_ expression: String, _ column: Int) -> String {
        let start = max(0, column - 41)
        var part = String.UnicodeScalarView()
        for scalar in expression.unicodeScalars.dropFirst(start).prefix(72) {
            part.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        return "  \(String(part))\n  \(String(repeating: " ", count: max(0, column - 1 - start)))^"
    }
}
