/// How text becomes terms: character filters, a tokenizer, and token filters in their order.
///
/// Options are stored with every index, and are what a file of a custom analyzer holds:
///
///     {"name": "products", "extends": "english", "characterFilters": [{"mapping": {"&": " and "}}],
///      "filters": ["nfkcCasefold", {"protect": ["kubernetes"]}, {"stop": "english"}, {"stem": "porter2"}]}
///
/// A field that is absent is that of the profile which `extends` names; without one there are no filters.
public struct AnalyzerOptions: Sendable, Hashable {
    /// How text is cut into tokens.
    public enum Tokenizer: String, Sendable, Hashable, Codable, CaseIterable {
        /// Words by UAX #29 with ICU's dictionaries for Thai, Lao, Khmer, Burmese, Chinese and Japanese.
        case words
        /// Everything between white space.
        case whitespace
    }

    /// The profile's name, or the custom analyzer's own.
    public var name: String
    /// What happens to the text before it is cut; offsets of tokens are those of the text as it was.
    public var characterFilters: [CharacterFilter]
    /// How text is cut into tokens.
    public var tokenizer: Tokenizer
    /// How `words` cuts text of scripts without spaces.
    public var segmentation: Segmentation
    /// What happens to each token, in order.
    public var filters: [TokenFilter]
    /// The longest token in bytes, 1 to 255; a longer one is cut into pieces on character boundaries, as in Lucene.
    public var maximumTokenLength: Int

    /// Options from their parts.
    public init(
        name: String, characterFilters: [CharacterFilter] = [], tokenizer: Tokenizer = .words,
        segmentation: Segmentation = .words, filters: [TokenFilter] = [], maximumTokenLength: Int = 255
    ) {
        self.name = name
        self.characterFilters = characterFilters
        self.tokenizer = tokenizer
        self.segmentation = segmentation
        self.filters = filters
        self.maximumTokenLength = maximumTokenLength
    }

    /// The profile of that name; throws ``AnalyzerError`` with the known names where there is none.
    public init(named name: String) throws {
        guard let profile = LanguageProfiles.named(name) else {
            throw AnalyzerError.unknownAnalyzer(name: name, known: Self.knownNames)
        }
        self = profile
    }

    /// The profile `english`; fields can be changed afterwards.
    public init() { self = .english }

    /// The names of all profiles.
    public static var knownNames: [String] { LanguageProfiles.all.map(\.name) }

    /// Words, NFKC_Casefold, possessive, Lucene's 33 English stop words, Porter's stemmer.
    public static var english: AnalyzerOptions { LanguageProfiles.english }
    /// Words and NFKC_Casefold, for any language and for text of several.
    public static var icu: AnalyzerOptions { LanguageProfiles.icu }
    /// White space only, for text that was tokenized before.
    public static var whitespace: AnalyzerOptions { LanguageProfiles.whitespace }

    /// Whether terms may depend on ICU's version.
    var dependsOnICU: Bool { tokenizer == .words || !filters.isEmpty }
}

extension AnalyzerOptions: Codable {
    private enum Field: String, CodingKey, CaseIterable {
        case name, extends, characterFilters, tokenizer, segmentation, filters, maximumTokenLength
    }

    /// Reads the stored form, or what a person wrote; a key that is not known is an error.
    public init(from decoder: any Decoder) throws {
        try UnknownName.check(decoder, "key", known: Field.allCases.map(\.rawValue))
        let values = try decoder.container(keyedBy: Field.self)
        let name = try values.decodeIfPresent(String.self, forKey: .name)
        let base = try values.decodeIfPresent(String.self, forKey: .extends)
        if let base {
            guard let profile = LanguageProfiles.named(base) else {
                throw UnknownName.error(
                    base, "profile", known: Self.knownNames, at: decoder.codingPath + [Field.extends])
            }
            self = profile
        } else {
            self = AnalyzerOptions(name: "custom")
        }
        self.name = name ?? base.map { "\($0), changed" } ?? "custom"
        if let value = try values.decodeIfPresent([CharacterFilter].self, forKey: .characterFilters) {
            characterFilters = value
        }
        if let value = try values.decodeIfPresent(Tokenizer.self, forKey: .tokenizer) { tokenizer = value }
        if let value = try values.decodeIfPresent(Segmentation.self, forKey: .segmentation) { segmentation = value }
        if let value = try values.decodeIfPresent([TokenFilter].self, forKey: .filters) { filters = value }
        if let value = try values.decodeIfPresent(Int.self, forKey: .maximumTokenLength) { maximumTokenLength = value }
    }

    /// Writes every field.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Field.self)
        try values.encode(name, forKey: .name)
        try values.encode(characterFilters, forKey: .characterFilters)
        try values.encode(tokenizer, forKey: .tokenizer)
        try values.encode(segmentation, forKey: .segmentation)
        try values.encode(filters, forKey: .filters)
        try values.encode(maximumTokenLength, forKey: .maximumTokenLength)
    }
}
