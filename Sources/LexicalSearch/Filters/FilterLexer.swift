/// A word, quoted string or sign of a filter.
struct FilterToken: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case word(String)
        case quoted(String)
        case comparison(FilterComparison)
        case open, close, comma
        case end
    }

    let kind: Kind
    /// Where it begins: the ordinal of its first Unicode scalar, from 1.
    let column: Int

    /// The token for messages.
    var text: String {
        switch kind {
        case .word(let word): "'\(word.prefix(40))'"
        case .quoted(let text): "the string '\(text.prefix(40))'"
        case .comparison(let comparison): "'\(comparison.rawValue)'"
        case .open: "'('"
        case .close: "')'"
        case .comma: "','"
        case .end: "the end"
        }
    }

    /// Whether it is a keyword, in either case.
    func isKeyword(_ keyword: String) -> Bool {
        if case .word(let word) = kind { word.lowercased() == keyword } else { false }
    }
}

/// Cuts the text of a filter into tokens.
struct FilterLexer {
    /// The words that have a meaning of their own.
    static let keywords: Set<String> = ["and", "or", "not", "in", "exists", "true", "false"]

    private let expression: String
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ expression: String) {
        self.expression = expression
        scalars = Array(expression.unicodeScalars)
    }

    /// All tokens, the end last; throws `FilterError.syntax`.
    static func tokens(of expression: String) throws -> [FilterToken] {
        var lexer = FilterLexer(expression)
        var tokens: [FilterToken] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    /// Whether a text is a word as it stands.
    static func isWord(_ text: String) -> Bool {
        !text.isEmpty && text.unicodeScalars.allSatisfy(isWordScalar) && !keywords.contains(text.lowercased())
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "(", ")", "=", "!", "<", ">", ",", "'", "\"": false
        default: !scalar.properties.isWhitespace && scalar.value >= 0x20
        }
    }

    private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private mutating func next() throws -> FilterToken {
        while place < scalars.count, scalars[place].properties.isWhitespace { place += 1 }
        let column = place + 1
        guard place < scalars.count else { return FilterToken(kind: .end, column: column) }
        let scalar = scalars[place]
        func token(_ kind: FilterToken.Kind) -> FilterToken { FilterToken(kind: kind, column: column) }
        switch scalar {
        case "(":
            place += 1
            return token(.open)
        case ")":
            place += 1
            return token(.close)
        case ",":
            place += 1
            return token(.comma)
        case "'", "\"": return token(.quoted(try quoted(scalar)))
        case "=", "!", "<", ">":
            let sign = place + 1 < scalars.count && scalars[place + 1] == "=" ? "\(scalar)=" : "\(scalar)"
            guard let comparison = FilterComparison(rawValue: sign == "==" ? "=" : sign) else {
                throw fault(column, "'=' after '!'")
            }
            place += sign == "==" ? 1 : sign.count
            return token(.comparison(comparison))
        default:
            guard Self.isWordScalar(scalar) else {
                throw fault(column, "a key, a value or a sign")
            }
            let start = place
            while place < scalars.count, Self.isWordScalar(scalars[place]) { place += 1 }
            return token(.word(Self.string(scalars[start..<place])))
        }
    }

    private mutating func quoted(_ quote: Unicode.Scalar) throws -> String {
        let start = place + 1
        place += 1
        var text = String.UnicodeScalarView()
        while place < scalars.count {
            let scalar = scalars[place]
            place += 1
            if scalar == quote { return String(text) }
            guard scalar == "\\" else {
                text.append(scalar)
                continue
            }
            guard place < scalars.count else { break }
            switch scalars[place] {
            case "\\", "'", "\"": text.append(scalars[place])
            case "n": text.append("\n")
            case "t": text.append("\t")
            default: throw fault(place + 1, "one of \\ ' \" n t after '\\'")
            }
            place += 1
        }
        throw FilterError.syntax(
            expression: expression, column: start, expected: "a \(quote) that ends the string that begins here",
            found: "the end")
    }

    private func fault(_ column: Int, _ expected: String) -> FilterError {
        let found = column <= scalars.count ? "'\(scalars[column - 1])'" : "the end"
        return .syntax(expression: expression, column: column, expected: expected, found: found)
    }
}
