/// Parses a filter by recursive descent; every fault is an error with its column, never a trap.
///
///     any   = all { "or" all }
///     all   = test { "and" test }
///     test  = "not" test | "(" any ")" | "exists" key | key "exists" | key sign value | key "in" "(" value { "," value } ")"
///     sign  = "=" | "!=" | "<" | "<=" | ">" | ">="
struct FilterParser {
    /// How deep parentheses and negations may be nested.
    static let deepest = 64

    private let expression: String
    private let tokens: [FilterToken]
    private var place = 0

    /// The condition that a text spells; throws `FilterError.syntax`.
    static func parse(_ expression: String) throws -> FilterExpression {
        var parser = FilterParser(expression: expression, tokens: try FilterLexer.tokens(of: expression))
        let result = try parser.any(depth: 0)
        if parser.token.kind != .end { throw parser.fault("'and', 'or' or the end") }
        return result
    }

    private init(expression: String, tokens: [FilterToken]) {
        self.expression = expression
        self.tokens = tokens
    }

    /// The token at hand; the last one is the end, which is never passed.
    private var token: FilterToken { tokens[place] }

    private mutating func advance() { if token.kind != .end { place += 1 } }

    private func fault(_ expected: String) -> FilterError {
        .syntax(expression: expression, column: token.column, expected: expected, found: token.text)
    }

    private mutating func any(depth: Int) throws -> FilterExpression {
        var operands: [FilterExpression] = []
        while true {
            let operand = try all(depth: depth)
            if case .any(let inner) = operand { operands += inner } else { operands.append(operand) }
            guard token.isKeyword("or") else { break }
            advance()
        }
        return operands.count == 1 ? operands[0] : .any(operands)
    }

    private mutating func all(depth: Int) throws -> FilterExpression {
        var operands: [FilterExpression] = []
        while true {
            let operand = try test(depth: depth)
            if case .all(let inner) = operand { operands += inner } else { operands.append(operand) }
            guard token.isKeyword("and") else { break }
            advance()
        }
        return operands.count == 1 ? operands[0] : .all(operands)
    }

    private mutating func test(depth: Int) throws -> FilterExpression {
        guard depth < Self.deepest else {
            throw fault("no more than \(Self.deepest) parentheses and 'not' in each other")
        }
        if token.isKeyword("not") {
            advance()
            return .not(try test(depth: depth + 1))
        }
        if token.kind == .open {
            advance()
            let inner = try any(depth: depth + 1)
            guard token.kind == .close else { throw fault("'and', 'or' or ')'") }
            advance()
            return inner
        }
        if token.isKeyword("exists") {
            advance()
            return .exists(key: try key("a key after 'exists'"))
        }
        let key = try key("a key, 'not', 'exists' or '('")
        if token.isKeyword("exists") {
            advance()
            return .exists(key: key)
        }
        if token.isKeyword("in") {
            advance()
            return .oneOf(key: key, try values())
        }
        guard case .comparison(let comparison) = token.kind else {
            throw fault("=, !=, <, <=, >, >=, 'in' or 'exists' after the key")
        }
        advance()
        let isTruth = token.isKeyword("true") || token.isKeyword("false")
        if isTruth, comparison.isOrdered { throw fault("a number or a string, as true and false have no order") }
        return .comparison(key: key, comparison, try value("a value after '\(comparison.rawValue)'"))
    }

    private mutating func values() throws -> [FilterValue] {
        guard token.kind == .open else { throw fault("'(' after 'in'") }
        advance()
        var values = [try value("a value")]
        while token.kind == .comma {
            advance()
            values.append(try value("a value after ','"))
        }
        guard token.kind == .close else { throw fault("',' or ')'") }
        advance()
        return values
    }

    private mutating func key(_ expected: String) throws -> String {
        switch token.kind {
        case .word(let word) where !FilterLexer.keywords.contains(word.lowercased()):
            return try text(word)
        case .word: throw fault("\(expected) (a key that is a keyword stands in quotes)")
        case .quoted(let word): return try text(word)
        default: throw fault(expected)
        }
    }

    private mutating func value(_ expected: String) throws -> FilterValue {
        switch token.kind {
        case .quoted(let text): return .string(try self.text(text))
        case .word(let word):
            let lower = word.lowercased()
            if lower == "true" || lower == "false" {
                advance()
                return .boolean(lower == "true")
            }
            if FilterLexer.keywords.contains(lower) {
                throw fault("\(expected) (a value that is a keyword stands in quotes)")
            }
            guard let number = JSONNumber.value(word) else { return .string(try text(word)) }
            guard number.isFinite else { throw fault("a number within the range of double precision") }
            advance()
            return .number(number == 0 ? 0 : number)
        default: throw fault(expected)
        }
    }

    private mutating func text(_ text: String) throws -> String {
        guard text.utf8.count <= MetadataKind.maximumLength else {
            throw fault("at most \(MetadataKind.maximumLength) bytes")
        }
        advance()
        return text
    }
}
