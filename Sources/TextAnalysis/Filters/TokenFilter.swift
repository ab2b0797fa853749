/// One step of what happens to a token on its way to a term.
///
/// In JSON a folding is its name, `"nfkcCasefold"`, and the others are an object of one member: `{"stop": "german"}`,
/// `{"stop": ["der", "die"]}`, `{"stem": "german"}`, `{"truncate": 6}`, `{"protect": ["iOS"]}`, `{"elision": "french"}`,
/// `{"synonyms": ["car, automobile", "tv => television"]}`, `{"length": {"minimum": 2, "maximum": 40}}`. Words in a filter pass
/// through the filters before it, so they are written as they stand in text.
public enum TokenFilter: Sendable, Hashable {
    /// Characters are replaced by a rule without options.
    case fold(Folding)
    /// A leading elided article and its apostrophe are removed (`l'avion` becomes `avion`).
    case elision(ElidedArticles)
    /// Words of a list are removed; they count as positions.
    case stop(StopWords)
    /// Words that no stemmer after this changes.
    case protect([String])
    /// The stem: `porter` (Lucene's PorterStemFilter), `porter2` (Snowball's english) or another algorithm of Snowball.
    case stem(String)
    /// Only the first characters are kept: a crude stemmer for languages that have none. A base and its marks are counted apart.
    case truncate(Int)
    /// Words of equal meaning, all at the position of the word that stands in the text.
    case synonyms([SynonymRule])
    /// Tokens with fewer or more characters are removed; they count as positions.
    case length(minimum: Int, maximum: Int)

    /// The kind of filter, as JSON has it.
    public var name: String {
        switch self {
        case .fold(let folding): folding.rawValue
        case .elision: "elision"
        case .stop: "stop"
        case .protect: "protect"
        case .stem: "stem"
        case .truncate: "truncate"
        case .synonyms: "synonyms"
        case .length: "length"
        }
    }

    /// The names of all filters.
    public static let knownNames =
        Folding.allCases.map(\.rawValue) + ["elision", "stop", "protect", "stem", "truncate", "synonyms", "length"]
}

extension TokenFilter: CustomStringConvertible {
    /// The filter for a person: its name, and what it was given.
    public var description: String {
        switch self {
        case .fold(let folding): folding.rawValue
        case .elision(let articles): "elision(\(articles))"
        case .stop(let words): "stop(\(words))"
        case .protect(let words): "protect(\(words.count) words)"
        case .stem(let algorithm): "stem(\(algorithm))"
        case .truncate(let count): "truncate(\(count))"
        case .synonyms(let rules): "synonyms(\(rules.count) rules)"
        case .length(let minimum, let maximum): "length(\(minimum) to \(maximum))"
        }
    }
}
