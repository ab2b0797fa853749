import Synchronization

/// The lists of stop words, by language.
///
/// A list holds function words: articles, pronouns, prepositions, conjunctions, auxiliaries, question words, particles. The plain
/// negation of a sentence (`nicht`, `ne … pas`) is in, as `no` and `not` are in Lucene's English list. Words that turn the sense of
/// a query (`without`, `against`, `never`), numbers, and words that are as often content (French `été`, `or`, `car`) are out.
/// Words stand in their normal spelling; they pass through the same normalization as tokens before they are compared.
public enum StopWordLists {
    /// The names of all lists, sorted.
    public static let names = texts.keys.sorted()

    /// The words of a list in the order of its file; nil where there is none of that name.
    public static func words(_ name: String) -> [String]? {
        if name == "english" { return StopWords.english }
        guard let text = texts[name] else { return nil }
        return cache.withLock { cache in
            if let words = cache[name] { return words }
            let words = split(text)
            cache[name] = words
            return words
        }
    }

    /// Words are separated by white space; a line that begins with `#` is a comment.
    static func split(_ text: String) -> [String] {
        text.split(separator: "\n").lazy.filter { !$0.hasPrefix("#") }
            .flatMap { $0.split(separator: " ").map(String.init) }
    }

    private static let cache = Mutex<[String: [String]]>([:])

    private static let texts: [String: String] = [
        "arabic": arabic, "burmese": burmese, "catalan": catalan, "chinese": chinese, "danish": danish,
        "dutch": dutch, "english": "", "finnish": finnish, "french": french, "german": german, "greek": greek,
        "hindi": hindi, "hungarian": hungarian, "indonesian": indonesian, "italian": italian, "japanese": japanese,
        "khmer": khmer, "korean": korean, "lao": lao, "norwegian": norwegian, "portuguese": portuguese,
        "romanian": romanian, "russian": russian, "spanish": spanish, "swedish": swedish, "thai": thai,
        "turkish": turkish, "vietnamese": vietnamese,
    ]
}
