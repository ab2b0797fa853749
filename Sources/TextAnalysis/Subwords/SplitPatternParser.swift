/// Reads the regular expressions of ``SplitPattern``.
struct SplitPatternParser {
    private let pattern: String
    private let characters: [UInt32]
    private var i = 0
    private var ignoringCase = false
    private var depth = 0

    init(_ pattern: String) {
        self.pattern = pattern
        characters = pattern.unicodeScalars.map(\.value)
    }

    mutating func parse() throws -> [[SplitPattern.Node]] {
        let alternatives = try self.alternatives()
        if i < characters.count || alternatives.allSatisfy(\.isEmpty) { throw unsupported() }
        return alternatives
    }

    private func unsupported() -> SubwordError {
        .unsupported(
            part: "pattern", found: "\"\(pattern)\" (at character \(i))",
            supported:
                "characters, classes, \\s, \\S, \\r, \\n, \\d, \\p{L} and the like, groups, (?i:), (?=), (?!), ? * + {m,n}"
        )
    }

    private func peek(_ character: Unicode.Scalar) -> Bool { i < characters.count && characters[i] == character.value }

    private mutating func take(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.map(\.value)
        guard characters[i...].starts(with: scalars) else { return false }
        i += scalars.count
        return true
    }

    private mutating func alternatives() throws -> [[SplitPattern.Node]] {
        depth += 1
        defer { depth -= 1 }
        guard depth < 32 else { throw unsupported() }
        var result = [try sequence()]
        while take("|") { result.append(try sequence()) }
        return result
    }

    private mutating func sequence() throws -> [SplitPattern.Node] {
        var nodes: [SplitPattern.Node] = []
        while i < characters.count, !peek("|"), !peek(")") {
            if take("(?i:") {
                let outer = ignoringCase
                ignoringCase = true
                nodes.append(try group())
                ignoringCase = outer
            } else if take("(?!") {
                nodes.append(.lookahead(try closed(), negated: true))
            } else if take("(?=") {
                nodes.append(.lookahead(try closed(), negated: false))
            } else if take("(?:") {
                nodes.append(try group())
            } else if take("(?") {
                throw unsupported()
            } else if take("(") {
                nodes.append(try group())
            } else {
                nodes.append(try quantified(try one()))
            }
        }
        return nodes
    }

    private mutating func closed() throws -> [[SplitPattern.Node]] {
        let alternatives = try self.alternatives()
        guard take(")") else { throw unsupported() }
        return alternatives
    }

    private mutating func group() throws -> SplitPattern.Node {
        let alternatives = try closed()
        if take("?") {
            if peek("+") || peek("?") { throw unsupported() }
            return .group(alternatives, optional: true)
        }
        if peek("*") || peek("+") || peek("{") { throw unsupported() }
        return .group(alternatives, optional: false)
    }

    private mutating func quantified(_ characters: PatternClass) throws -> SplitPattern.Node {
        var (least, most) = (1, 1)
        if take("?") {
            least = 0
        } else if take("*") {
            (least, most) = (0, Int.max)
        } else if take("+") {
            most = Int.max
        } else if take("{") {
            least = try number() ?? 0
            most = least
            if take(",") { most = try number() ?? Int.max }
            guard take("}"), least <= most else { throw unsupported() }
        }
        // Lazy and possessive quantifiers, and one quantifier on another.
        if peek("?") || peek("*") || peek("+") || peek("{") { throw unsupported() }
        return .repeated(characters, least: least, most: most)
    }

    private mutating func number() throws -> Int? {
        var value: Int?
        while i < characters.count, (0x30...0x39).contains(characters[i]) {
            let before = value ?? 0
            guard before < 10_000 else { throw unsupported() }
            value = before * 10 + Int(characters[i] - 0x30)
            i += 1
        }
        return value
    }

    /// A character, an escape or a bracket expression.
    private mutating func one() throws -> PatternClass {
        if take("[") { return try bracket() }
        if peek("\\") { return PatternClass([try escape()]) }
        guard i < characters.count, !".^$*+?{}".unicodeScalars.contains(where: { $0.value == characters[i] }) else {
            throw unsupported()
        }
        i += 1
        return PatternClass(characters[i - 1], ignoringCase: ignoringCase)
    }

    private mutating func bracket() throws -> PatternClass {
        let negated = take("^")
        var items: [PatternClass.Item] = []
        while !peek("]") {
            guard i < characters.count, !peek("["), !peek("&"), !ignoringCase else { throw unsupported() }
            var item: PatternClass.Item
            if peek("\\") {
                item = try escape()
            } else {
                item = .range(characters[i]...characters[i])
                i += 1
            }
            if peek("-"), i + 1 < characters.count, characters[i + 1] != 0x5D {
                i += 1
                guard case .range(let first) = item, !peek("\\"), first.lowerBound <= characters[i] else {
                    throw unsupported()
                }
                item = .range(first.lowerBound...characters[i])
                i += 1
            }
            items.append(item)
        }
        guard take("]"), !items.isEmpty else { throw unsupported() }
        return PatternClass(items, negated: negated)
    }

    private mutating func escape() throws -> PatternClass.Item {
        i += 1
        guard i < characters.count, let letter = Unicode.Scalar(characters[i]) else { throw unsupported() }
        i += 1
        switch letter {
        case "s", "S": return .whitespace(negated: letter == "S")
        case "d", "D": return .categories(1 << 9, negated: letter == "D")
        case "r": return .range(13...13)
        case "n": return .range(10...10)
        case "t": return .range(9...9)
        case "p", "P":
            guard take("{") else { throw unsupported() }
            var negated = letter == "P"
            if take("^") { negated.toggle() }
            var name = ""
            while i < characters.count, !peek("}"), let scalar = Unicode.Scalar(characters[i]) {
                name.unicodeScalars.append(scalar)
                i += 1
            }
            guard take("}"), let bits = PatternClass.categories(name) else { throw unsupported() }
            return .categories(bits, negated: negated)
        default:
            guard letter.isASCII, !letter.properties.isAlphabetic, !(0x30...0x39).contains(letter.value) else {
                throw unsupported()
            }
            return .range(letter.value...letter.value)
        }
    }
}
