/// Words that are not indexed: none, a list known by name, or the caller's own.
public enum StopWords: Sendable, Hashable, Codable, CustomStringConvertible {
    /// Every word is indexed.
    case none
    /// A list of this library, by name.
    case list(String)
    /// The caller's own words, as they stand in text: they pass through the filters before the list.
    case words([String])

    /// The 33 words of Lucene's EnglishAnalyzer.
    static let english = [
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
        "of", "on", "or",
        "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
    ]

    /// The names of all lists.
    public static let knownLists = StopWordLists.names

    /// The words themselves; throws ``AnalyzerError`` with the known names for an unknown list.
    public func resolved() throws -> [String] {
        switch self {
        case .none: []
        case .words(let words): words
        case .list(let name):
            try StopWordLists.words(name)
                ?? { throw AnalyzerError.unknownStopWordList(name: name, known: Self.knownLists) }()
        }
    }

    /// The list's name, `none`, or how many words of its own.
    public var description: String {
        switch self {
        case .none: "none"
        case .list(let name): name
        case .words(let words): "own words (\(words.joined(separator: ", ")))"
        }
    }

    /// Reads `"none"`, the name of a list, or an array of words.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let name = try? value.decode(String.self) {
            self = name == "none" ? .none : .list(name)
        } else {
            self = .words(try value.decode([String].self))
        }
    }

    /// Writes `"none"`, the name of a list, or an array of words.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .none: try value.encode("none")
        case .list(let name): try value.encode(name)
        case .words(let words): try value.encode(words)
        }
    }
}
