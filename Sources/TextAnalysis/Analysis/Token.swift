/// What kind of characters a token consists of, as ICU's word status says.
public enum TokenStatus: String, Sendable, Hashable, Codable {
    /// A number: its last letter or digit is a digit.
    case number
    /// A word of letters, Hangul and South-East Asian scripts among them.
    case letter
    /// A word of kana.
    case kana
    /// A word of ideographs, or of mixed Japanese script.
    case ideographic
    /// Not said: the tokenizer does not look at the characters.
    case unknown

    init(ruleStatus: Int32) {
        switch ruleStatus {
        case 100..<200: self = .number
        case 200..<300: self = .letter
        case 300..<400: self = .kana
        case 400..<500: self = .ideographic
        default: self = .unknown
        }
    }
}

/// One token of a text: the term it is indexed as, and where it stands.
public struct Token: Sendable, Hashable {
    /// The term, 1 to 255 bytes of UTF-8.
    public var term: String
    /// The ordinal of the token in its text, from 0; removed stop words are counted, so positions may skip.
    public var position: Int
    /// The bytes of the original text that the token was made of; both ends lie on character boundaries.
    public var utf8Range: Range<Int>
    /// The kind of characters.
    public var status: TokenStatus

    /// A token from its parts.
    public init(term: String, position: Int, utf8Range: Range<Int>, status: TokenStatus) {
        self.term = term
        self.position = position
        self.utf8Range = utf8Range
        self.status = status
    }
}
