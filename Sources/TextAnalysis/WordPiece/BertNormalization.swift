/// How text is prepared before it is cut into words: the options of `BertNormalizer` in Hugging Face's tokenizers.
public struct BertNormalization: Sendable, Hashable, Codable {
    /// Whether control characters are dropped and all white space becomes a space.
    public var cleanText: Bool
    /// Whether each Chinese character becomes a word of its own.
    public var handleChineseCharacters: Bool
    /// Whether accents are dropped (NFD without non-spacing marks); nil: where `lowercase` is set.
    public var stripAccents: Bool?
    /// Whether text is lowercased.
    public var lowercase: Bool

    /// The options of an uncased BERT, or of a cased one without `lowercase`.
    public init(
        cleanText: Bool = true, handleChineseCharacters: Bool = true, stripAccents: Bool? = nil, lowercase: Bool = true
    ) {
        self.cleanText = cleanText
        self.handleChineseCharacters = handleChineseCharacters
        self.stripAccents = stripAccents
        self.lowercase = lowercase
    }

    /// Whether accents are dropped.
    public var dropsAccents: Bool { stripAccents ?? lowercase }
}
