/// How text of scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) and of Hangul is cut into tokens.
///
/// All other text is cut into words by UAX #29, whatever the case. See `ScriptRuns` for what a run and a character are.
public enum Segmentation: String, Sendable, Hashable, Codable, CaseIterable {
    /// Words: by ICU's dictionaries where there are no spaces, between spaces for Hangul.
    case words
    /// Overlapping pairs of characters of each run; a run of one character is a token.
    case bigrams
    /// Words and bigrams, in order of their start, the longer first; what is both, as all words of other scripts, comes twice.
    case wordsAndBigrams = "words+bigrams"
}

extension Segmentation {
    /// Calls `body` with start, end, word status and advance of each token, in order of start.
    ///
    /// `advance` is how far the token's position lies from that of the token before, or from −1 for the first. A word takes one position, a run
    /// one for each of its characters: tokens that begin at the same character share a position (an advance of 0), and what comes after the
    /// run stands one position after the run's last character.
    @inline(__always)
    func forEachSpan(
        in bytes: UnsafeBufferPointer<UInt8>, classes: UnsafePointer<UInt8>, icu: ICUWords,
        _ body: (_ start: Int, _ end: Int, _ status: Int32, _ advance: Int) -> Void
    ) {
        switch self {
        case .words: HybridWords.forEach(in: bytes, classes: classes, icu: icu) { body($0, $1, $2, 1) }
        case .bigrams: Bigrams.forEachPair(in: bytes, classes: classes, icu: icu, body)
        case .wordsAndBigrams: Bigrams.forEachWordAndPair(in: bytes, classes: classes, icu: icu, body)
        }
    }
}
