/// How text becomes terms: the tokenizer and the filters after it.
///
/// Options are stored with every index. The stored form writes every field; a field that is absent (written by a person, or by a
/// version that did not know it) takes the value of the named profile.
public struct AnalyzerOptions: Sendable, Hashable, Codable {
    /// How text is cut into tokens.
    public enum Tokenization: String, Sendable, Hashable, Codable, CaseIterable {
        /// Words by UAX #29 with ICU's dictionaries for Thai, Lao, Khmer, Burmese, Chinese and Japanese.
        case words
        /// Everything between white space.
        case whitespace
    }

    /// How the characters of a token are normalized.
    public enum Normalization: String, Sendable, Hashable, Codable, CaseIterable {
        /// Not at all, but for ill-formed UTF-8, which becomes U+FFFD.
        case none
        /// Unicode's NFKC_Casefold (UAX #44): compatibility forms, case and invisible characters no longer differ.
        case nfkcCasefold
    }

    /// The profile that the options started from.
    public var name: String
    /// How text is cut into tokens.
    public var tokenization: Tokenization
    /// How the characters of a token are normalized.
    public var normalization: Normalization
    /// Whether a final `'s` or `’s` is removed, as Lucene's EnglishPossessiveFilter does.
    public var possessive: Bool
    /// The words that are not indexed; compared after normalization and possessive, before stemming.
    public var stopWords: StopWords
    /// `none`, `porter` (Lucene's PorterStemFilter), `porter2` (Snowball's english) or another algorithm of Snowball.
    public var stemmer: String
    /// The longest token in bytes, 1 to 255; a longer one is cut into pieces on character boundaries, as in Lucene.
    public var maximumTokenLength: Int

    /// Words, NFKC_Casefold, possessive, Lucene's 33 English stop words, Porter's stemmer.
    public static let english = AnalyzerOptions(
        name: "english", tokenization: .words, normalization: .nfkcCasefold, possessive: true,
        stopWords: .list("english"), stemmer: "porter")
    /// Words and NFKC_Casefold, for any language.
    public static let icu = AnalyzerOptions(name: "icu", tokenization: .words, normalization: .nfkcCasefold)
    /// White space only, for text that was tokenized before.
    public static let whitespace = AnalyzerOptions(name: "whitespace", tokenization: .whitespace, normalization: .none)

    /// All profiles, by name.
    static let profiles: [AnalyzerOptions] = [.english, .icu, .whitespace]

    /// The names of all profiles.
    public static var knownNames: [String] { profiles.map(\.name) }

    /// Options from their parts; filters are off unless asked for.
    public init(
        name: String, tokenization: Tokenization, normalization: Normalization, possessive: Bool = false,
        stopWords: StopWords = .none, stemmer: String = "none", maximumTokenLength: Int = 255
    ) {
        self.name = name
        self.tokenization = tokenization
        self.normalization = normalization
        self.possessive = possessive
        self.stopWords = stopWords
        self.stemmer = stemmer
        self.maximumTokenLength = maximumTokenLength
    }

    /// The profile of that name; throws ``AnalyzerError`` with the known names where there is none.
    public init(named name: String) throws {
        guard let profile = Self.profiles.first(where: { $0.name == name }) else {
            throw AnalyzerError.unknownAnalyzer(name: name, known: Self.knownNames)
        }
        self = profile
    }

    /// The profile `english`, or another by name; fields can be changed afterwards.
    public init() { self = .english }

    private enum CodingKeys: String, CodingKey {
        case name, tokenization, normalization, possessive, stopWords, stemmer, maximumTokenLength
    }

    /// Reads the stored form; absent fields are those of the named profile.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self = try AnalyzerOptions(named: values.decodeIfPresent(String.self, forKey: .name) ?? "english")
        if let value = try values.decodeIfPresent(Tokenization.self, forKey: .tokenization) { tokenization = value }
        if let value = try values.decodeIfPresent(Normalization.self, forKey: .normalization) { normalization = value }
        if let value = try values.decodeIfPresent(Bool.self, forKey: .possessive) { possessive = value }
        if let value = try values.decodeIfPresent(StopWords.self, forKey: .stopWords) { stopWords = value }
        if let value = try values.decodeIfPresent(String.self, forKey: .stemmer) { stemmer = value }
        if let value = try values.decodeIfPresent(Int.self, forKey: .maximumTokenLength) { maximumTokenLength = value }
    }
}
