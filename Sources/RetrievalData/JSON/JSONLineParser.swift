import CSimdJSON

/// simdjson's parser with its buffers, for many lines after one another on one thread.
final class JSONLineParser {
    private let parser: OpaquePointer?

    init() { parser = csj_parser_create() }

    deinit { csj_parser_free(parser) }

    /// Parses one object; throws a `JSONLine.Problem`.
    func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws -> JSONLine {
        guard let parser else { throw JSONLine.Problem.broken("out of memory") }
        guard let start = bytes.baseAddress, !bytes.isEmpty else { throw JSONLine.Problem.broken("the text is empty") }
        switch csj_parse(parser, start, bytes.count) {
        case CSJ_OK: break
        case CSJ_BAD_UTF8: throw JSONLine.Problem.invalidUTF8
        case CSJ_NOT_OBJECT: throw JSONLine.Problem.notAnObject
        default: throw JSONLine.Problem.broken(Self.plain(String(cString: csj_error(parser))))
        }
        let values = UnsafeBufferPointer(start: csj_fields(parser), count: csj_field_count(parser))
        let items = csj_items(parser)
        let fields = try values.map { field in
            (key: try Self.text(field.key, field.key_length), value: try Self.value(field.value, items: items))
        }
        return JSONLine(fields: fields)
    }

    private static func value(_ value: csj_value, items: UnsafePointer<csj_value>?) throws -> JSONValue {
        switch value.kind {
        case CSJ_NULL: return .null
        case CSJ_BOOL: return .bool(value.integer != 0)
        case CSJ_INTEGER: return .integer(value.integer)
        case CSJ_DOUBLE: return .double(value.real)
        case CSJ_STRING: return .string(try text(value.text, value.length))
        case CSJ_STRINGS:
            let elements = UnsafeBufferPointer(
                start: items.map { $0 + value.first }, count: items == nil ? 0 : value.count)
            return .strings(try elements.map { try text($0.text, $0.length) })
        case CSJ_NUMBERS:
            let elements = UnsafeBufferPointer(
                start: items.map { $0 + value.first }, count: items == nil ? 0 : value.count)
            return .numbers(elements.map { $0.kind == CSJ_INTEGER ? Double($0.integer) : $0.real })
        default: return .raw(try text(value.text, value.length))
        }
    }

    private static func text(_ start: UnsafePointer<UInt8>?, _ length: Int) throws -> String {
        // simdjson has checked the UTF-8; only an escaped half of a surrogate pair can have come in since, three bytes
        // that `decoding` replaces by more. (`String(validating:as:)` would do the same and cost more than the whole
        // parse.)
        let text = String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self)
        guard text.utf8.count == length else {
            throw JSONLine.Problem.broken("an escape such as \\ud800 stands for half a character")
        }
        return text
    }

    /// The first clause of simdjson's message, without its code and advice.
    private static func plain(_ message: String) -> String {
        let clause =
            message.split(separator: ":", maxSplits: 1).count == 2
                && message.prefix(while: { $0 != ":" }).allSatisfy {
                    $0.isUppercase || $0 == "_" || $0.isNumber
                } ? message.drop { $0 != ":" }.dropFirst() : Substring(message)
        var text = clause.drop { $0 == " " }
        while let last = text.last, last == "." || last == " " { text = text.dropLast() }
        return String(text.prefix(1)).lowercased() + text.dropFirst()
    }
}
