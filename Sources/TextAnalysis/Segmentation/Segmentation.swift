/// How text of scripts that put no spaces between words (Han, kana, Thai, Lao, Khmer, Myanmar), and of Hangul, is cut.
public enum Segmentation: String, Sendable, Hashable, Codable, CaseIterable {
    /// Words of ICU's dictionaries; Hangul between spaces.
    case words
    /// Each two characters that stand side by side.
    case bigrams
    /// Both.
    case wordsAndBigrams = "words+bigrams"
}
