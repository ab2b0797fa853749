import DecoyTestSupport
import Foundation

/// A JSON value as a tree, with the text that spells it: metadata for the naive reference of filters.
indirect enum MetadataTree {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([MetadataTree])
    case object([(String, MetadataTree)])

    /// The value as JSON, with blanks here and there.
    func json(_ random: inout SeededGenerator) -> String {
        let space = Bool.random(using: &random) ? " " : ""
        switch self {
        case .null: return "null"
        case .boolean(let truth): return "\(truth)"
        case .number(let number):
            return number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
        case .string(let text): return Self.quoted(text, &random)
        case .array(let items):
            return "[" + space + items.map { $0.json(&random) }.joined(separator: "," + space) + space + "]"
        case .object(let fields):
            let inner = fields.map { Self.quoted($0.0, &random) + space + ":" + space + $0.1.json(&random) }
            return "{" + space + inner.joined(separator: space + ",") + "}"
        }
    }

    private static func quoted(_ text: String, _ random: inout SeededGenerator) -> String {
        var quoted = "\""
        for unit in text.unicodeScalars {
            switch unit {
            case "\"", "\\": quoted += "\\\(unit)"
            case "\n": quoted += "\\n"
            default:
                if Int.random(in: 0..<8, using: &random) == 0 {
                    for code in String(unit).utf16 { quoted += "\\u" + String(format: "%04x", Int(code)) }
                } else {
                    quoted.unicodeScalars.append(unit)
                }
            }
        }
        return quoted + "\""
    }

    /// The values under a key of a record, by the rules that the documentation states.
    func values(under key: String) -> [MetadataTree] {
        guard case .object(let fields) = self else { return [] }
        let isWrapper = { (field: (String, MetadataTree)) in
            if case .object = field.1 { field.0 == "metadata" } else { false }
        }
        let own = fields.filter { !isWrapper($0) }
        let names = own.filter { !Self.leaves("", $0.1).isEmpty }.map(\.0)
        var all = own.flatMap { Self.leaves($0.0, $0.1) }
        for case (_, .object(let inner)) in fields.filter(isWrapper) {
            for field in inner where !names.contains(field.0) { all += Self.leaves(field.0, field.1) }
        }
        return all.filter { $0.path == key }.map(\.value)
    }

    private static func leaves(_ path: String, _ value: MetadataTree) -> [(path: String, value: MetadataTree)] {
        switch value {
        case .null: []
        case .boolean, .number, .string: [(path, value)]
        case .array(let items): items.flatMap { leaves(path, $0) }
        case .object(let fields): fields.flatMap { leaves(path + "." + $0.0, $0.1) }
        }
    }
}

/// A condition made apart from the parser's own type, with a text that spells it and its truth for a record.
indirect enum NaiveCondition {
    case compare(String, String, Literal)
    case among(String, [Literal])
    case exists(String)
    case not(NaiveCondition)
    case both(NaiveCondition, NaiveCondition)
    case either(NaiveCondition, NaiveCondition)

    enum Literal {
        case number(Double, String)
        case text(String)
        case truth(Bool)
    }

    func isTrue(_ record: MetadataTree) -> Bool {
        switch self {
        case .compare(let key, let sign, let literal):
            record.values(under: key).contains { Self.compare($0, sign, literal) }
        case .among(let key, let literals):
            record.values(under: key).contains { value in literals.contains { Self.compare(value, "=", $0) } }
        case .exists(let key): !record.values(under: key).isEmpty
        case .not(let operand): !operand.isTrue(record)
        case .both(let one, let other): one.isTrue(record) && other.isTrue(record)
        case .either(let one, let other): one.isTrue(record) || other.isTrue(record)
        }
    }

    /// Whether the filter is to be refused for these records: an unknown key, nothing to compare with, no order.
    func isRefused(_ records: [MetadataTree]) -> Bool {
        func refused(_ key: String, _ sign: String, _ literals: [Literal]) -> Bool {
            let values = records.flatMap { $0.values(under: key) }
            if values.isEmpty { return true }
            let isLong = values.contains { if case .string(let text) = $0 { text.utf8.count > 255 } else { false } }
            if isLong, sign.hasPrefix("<") || sign.hasPrefix(">") { return true }
            return literals.contains { literal in !values.contains { Self.areComparable($0, literal) } }
        }
        switch self {
        case .compare(let key, let sign, let literal): return refused(key, sign, [literal])
        case .among(let key, let literals): return refused(key, "=", literals)
        case .exists(let key): return refused(key, "=", [])
        case .not(let operand): return operand.isRefused(records)
        case .both(let one, let other), .either(let one, let other):
            return one.isRefused(records) || other.isRefused(records)
        }
    }

    private static func areComparable(_ value: MetadataTree, _ literal: Literal) -> Bool {
        switch (value, literal) {
        case (.number, .number), (.string, .text), (.boolean, .truth): true
        case (.string(let text), .number): spelled(text) != nil
        case (.string(let text), .truth): text == "true" || text == "false"
        default: false
        }
    }

    private static func compare(_ value: MetadataTree, _ sign: String, _ literal: Literal) -> Bool {
        func holds<T: Comparable>(_ one: T, _ other: T) -> Bool {
            switch sign {
            case "=": one == other
            case "!=": one != other
            case "<": one < other
            case "<=": one <= other
            case ">": one > other
            default: one >= other
            }
        }
        guard areComparable(value, literal) else { return sign == "!=" }
        switch (value, literal) {
        case (.number(let one), .number(let other, _)): return holds(one, other)
        case (.string(let one), .number(let other, _)): return holds(spelled(one) ?? 0, other)
        case (.boolean(let one), .truth(let other)): return holds(one ? 1 : 0, other ? 1 : 0)
        case (.string(let one), .truth(let other)): return holds(one, "\(other)")
        case (.string(let one), .text(let other)):
            let (one, other) = (Array(one.utf8), Array(other.utf8))
            return holds(one == other ? 0 : one.lexicographicallyPrecedes(other) ? -1 : 1, 0)
        default: return false
        }
    }

    private static func spelled(_ text: String) -> Double? {
        text.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) == nil ? nil : Double(text)
    }
}

/// Random records and conditions over the same few keys and values.
struct RandomMetadata {
    var random: SeededGenerator
    static let keys = [
        "year", "lang", "tags", "open", "a.b", "a.c", "name with blank", "not", "metadata", "ü", "mixed", "absent",
    ]
    static let texts = [
        "de", "en", "fr", "2020", "2021.5", "-3", "02", "1e3", "true", "false", "", "it's", "a\"b\\", "ü", "u\u{308}",
        "2020-01-05", "2021-03", "null", "\n", "x y", "(", "😀", String(repeating: "é", count: 200), "NaN",
    ]
    static let numbers: [Double] = [2019, 2020, 2021, 2021.5, -3, 0, 1e3, 1e300, 0.1, 9_007_199_254_740_992]

    mutating func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &random)] }

    mutating func value(depth: Int) -> MetadataTree {
        switch Int.random(in: 0..<(depth > 2 ? 8 : 11), using: &random) {
        case 0: return .null
        case 1: return .boolean(Bool.random(using: &random))
        case 2, 3, 4: return .number(pick(Self.numbers))
        case 5, 6, 7: return .string(pick(Self.texts))
        case 8, 9: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth + 1) })
        default: return .object(["b", "c", "b.c"].map { ($0, value(depth: depth + 1)) })
        }
    }

    mutating func record() -> MetadataTree {
        var fields: [(String, MetadataTree)] = []
        if chance(2) { fields.append(("year", .number(pick(Self.numbers)))) }
        if chance(2) { fields.append(("lang", .string(pick(["de", "en", "fr"])))) }
        if chance(3) { fields.append(("tags", .array((0...2).map { _ in .string(pick(Self.texts)) }))) }
        if chance(3) { fields.append(("open", .boolean(Bool.random(using: &random)))) }
        for key in ["a", "name with blank", "not", "ü", "mixed"] where chance(3) {
            fields.append((key, value(depth: 0)))
        }
        if chance(3) {
            let inner = ["year", "lang", "a", "metadata"].filter { _ in Bool.random(using: &random) }
            fields.append(("metadata", chance(4) ? value(depth: 0) : .object(inner.map { ($0, value(depth: 0)) })))
        }
        return .object(fields.shuffled(using: &random))
    }

    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

    mutating func literal() -> NaiveCondition.Literal {
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return .truth(Bool.random(using: &random))
        case 1, 2:
            let text = pick([
                "2020", "2020.0", "2021.5", "-3", "0", "-0", "1e3", "1E+3", "0.1", "9007199254740992", "2019",
            ])
            return .number(Double(text) ?? 0, text)
        default: return .text(pick(Self.texts.filter { $0.utf8.count < 256 }))
        }
    }

    mutating func condition(depth: Int) -> NaiveCondition {
        let key = chance(12) ? pick(Self.keys) : pick(["year", "lang", "tags", "open", "a.b", "mixed", "metadata"])
        switch Int.random(in: 0..<(depth > 2 ? 6 : 12), using: &random) {
        case 0: return .exists(key)
        case 1: return .among(key, (0...Int.random(in: 0...2, using: &random)).map { _ in literal() })
        case 2...5:
            let literal = literal()
            var signs = ["=", "!=", "<", "<=", ">", ">="]
            if case .truth = literal { signs = ["=", "!="] }
            return .compare(key, pick(signs), literal)
        case 6, 7: return .not(condition(depth: depth + 1))
        case 8, 9: return .both(condition(depth: depth + 1), condition(depth: depth + 1))
        default: return .either(condition(depth: depth + 1), condition(depth: depth + 1))
        }
    }

    /// A text that spells a condition, with needless parentheses and blanks and keywords in either case.
    mutating func text(_ condition: NaiveCondition, tight: Bool = false) -> String {
        func space() -> String { pick([" ", "  ", "\t"]) }
        func gap() -> String { pick(["", " "]) }
        func word(_ word: String) -> String { chance(3) ? word.uppercased() : word }
        func parts(_ one: NaiveCondition, _ sign: String, _ other: NaiveCondition) -> String {
            text(one, tight: true) + space() + word(sign) + space() + text(other, tight: true)
        }
        switch condition {
        case .compare(let key, let sign, let literal): return quoted(key) + gap() + sign + gap() + text(literal)
        case .among(let key, let literals):
            let list = literals.map { text($0) }.joined(separator: gap() + "," + gap())
            return quoted(key) + space() + word("in") + gap() + "(" + list + ")"
        case .exists(let key):
            return chance(2) ? word("exists") + space() + quoted(key) : quoted(key) + space() + word("exists")
        case .not(let operand): return word("not") + space() + text(operand, tight: true)
        case .both(let one, let other):
            let inner = parts(one, "and", other)
            return tight || chance(4) ? "(" + inner + gap() + ")" : inner
        case .either(let one, let other):
            let inner = parts(one, "or", other)
            return tight || chance(4) ? "(" + inner + ")" : inner
        }
    }

    private mutating func text(_ literal: NaiveCondition.Literal) -> String {
        switch literal {
        case .number(_, let text): return text
        case .truth(let truth): return chance(2) ? "\(truth)" : "\(truth)".uppercased()
        case .text(let text):
            let isPlain = !text.isEmpty && text.wholeMatch(of: /[a-z]+|2020-01-05|02/) != nil
            return isPlain && !["true", "false"].contains(text) && chance(2) ? text : quoted(text, always: true)
        }
    }

    private mutating func quoted(_ text: String, always: Bool = false) -> String {
        if !always, text.wholeMatch(of: /[a-z.]+/) != nil, text != "not", chance(2) { return text }
        let quote = pick(["'", "\""])
        var quoted = quote
        for scalar in text.unicodeScalars {
            if String(scalar) == quote || scalar == "\\" { quoted += "\\" }
            quoted += scalar == "\n" ? "\\n" : String(scalar)
        }
        return quoted + quote
    }
}
