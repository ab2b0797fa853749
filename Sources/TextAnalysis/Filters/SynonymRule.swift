/// Words of equal meaning: `car, automobile` makes each find the others, `tv => television` replaces the left by the right.
///
/// Every word is one token after the filters before; a rule for several words in a row is not known.
public struct SynonymRule: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The words that are replaced.
    public var words: [String]
    /// What stands in their place; all of `words` themselves where the rule has no arrow.
    public var replacements: [String]

    /// Words that replace each other.
    public init(equal words: [String]) {
        self.words = words
        replacements = words
    }

    /// Words that are replaced by others.
    public init(_ words: [String], replacedBy replacements: [String]) {
        self.words = words
        self.replacements = replacements
    }

    /// The rule of a line, `a, b, c` or `a, b => c`; nil where a side is empty.
    public init?(_ line: String) {
        func words(_ part: Substring) -> [String] {
            part.split(separator: ",").map { String($0.trimmingSpaces) }.filter { !$0.isEmpty }
        }
        if let arrow = line.firstRange(of: "=>") {
            self.init(words(line[..<arrow.lowerBound]), replacedBy: words(line[arrow.upperBound...]))
        } else {
            self.init(equal: words(line[...]))
        }
        if self.words.isEmpty || replacements.isEmpty { return nil }
    }

    /// The line that makes the rule.
    public var description: String {
        let left = words.joined(separator: ", ")
        return words == replacements ? left : "\(left) => \(replacements.joined(separator: ", "))"
    }

    /// Reads a line.
    public init(from decoder: any Decoder) throws {
        let line = try decoder.singleValueContainer().decode(String.self)
        guard let rule = SynonymRule(line) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "\"\(line)\" is no rule of synonyms; expected \"car, automobile\" or \"tv => television\""))
        }
        self = rule
    }

    /// Writes the line.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(description)
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
