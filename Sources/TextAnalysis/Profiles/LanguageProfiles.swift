/// The analyzers that have a name.
///
/// All but `whitespace` cut words by UAX #29 and fold by NFKC_Casefold. What a language adds stands in an order that lets every filter see
/// what it expects: spelling folded first, then articles and stop words, then the stem; letters that a stemmer wants whole, such as
/// accents, are folded after it. Words of other languages in the same text pass through the same filters.
enum LanguageProfiles {
    /// All profiles, in the order in which they are listed.
    static let all: [AnalyzerOptions] = [english] + european + asian + [icu, whitespace]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The profile of that name.
    static func named(_ name: String) -> AnalyzerOptions? { byName[name] }

    static let english = AnalyzerOptions(
        name: "english",
        filters: [.fold(.nfkcCasefold), .fold(.possessive), .stop(.list("english")), .stem("porter")])
    static let icu = AnalyzerOptions(name: "icu", filters: [.fold(.nfkcCasefold)])
    static let whitespace = AnalyzerOptions(name: "whitespace", tokenizer: .whitespace)

    private static let european: [AnalyzerOptions] = [
        stemmed("german", before: [.fold(.german)]),
        stemmed("french", before: [.elision(.french)], after: [.fold(.accents)]),
        stemmed("spanish", after: [.fold(.accents)]),
        stemmed("portuguese", after: [.fold(.accents)]),
        stemmed("italian", before: [.elision(.italian)], after: [.fold(.accents)]),
        stemmed("catalan", before: [.elision(.catalan)], after: [.fold(.accents)]),
        stemmed("romanian", before: [.fold(.romanian)], after: [.fold(.accents)]),
        stemmed("dutch", before: [.fold(.possessive)], after: [.fold(.accents)]),
        stemmed("danish"), stemmed("norwegian"), stemmed("swedish"), stemmed("finnish"), stemmed("hungarian"),
        stemmed("russian", before: [.fold(.russian)]),
        stemmed("greek", before: [.fold(.greek)]),
        AnalyzerOptions(
            name: "turkish",
            filters: [
                .fold(.turkishCase), .fold(.nfkcCasefold), .fold(.apostrophe), .stop(.list("turkish")),
                .stem("turkish"),
            ]),
    ]

    private static let asian: [AnalyzerOptions] = [
        AnalyzerOptions(
            name: "arabic",
            filters: [
                .fold(.nfkcCasefold), .fold(.digits), .fold(.arabic), .stop(.list("arabic")), .fold(.arabicConjunction),
                .stem("arabic"),
            ]),
        stemmed("hindi", before: [.fold(.digits), .fold(.hindi)], after: [.fold(.hindiVowels)]),
        stemmed("indonesian"),
        unstemmed("vietnamese", [.fold(.vietnamese)]),
        unstemmed("chinese", [.fold(.simplifiedChinese)], segmentation: .wordsAndBigrams),
        unstemmed(
            "japanese", [.fold(.iterationMarks), .fold(.prolongedSound)], segmentation: .wordsAndBigrams),
        unstemmed("korean", segmentation: .wordsAndBigrams),
        unstemmed("thai", [.fold(.digits), .fold(.thai)], segmentation: .wordsAndBigrams),
        unstemmed("khmer", [.fold(.digits)], segmentation: .wordsAndBigrams),
        unstemmed("lao", [.fold(.digits), .fold(.thai)], segmentation: .wordsAndBigrams),
        unstemmed("burmese", [.fold(.digits)], segmentation: .wordsAndBigrams),
    ]

    /// Case, own foldings, stop words, Snowball's stemmer, more foldings.
    private static func stemmed(
        _ language: String, before: [TokenFilter] = [], after: [TokenFilter] = []
    ) -> AnalyzerOptions {
        AnalyzerOptions(
            name: language,
            filters: [.fold(.nfkcCasefold)] + before + [.stop(.list(language)), .stem(language)] + after)
    }

    /// Case, own foldings, stop words; no stemmer is known.
    private static func unstemmed(
        _ language: String, _ foldings: [TokenFilter] = [], segmentation: Segmentation = .words
    ) -> AnalyzerOptions {
        AnalyzerOptions(
            name: language, segmentation: segmentation,
            filters: [.fold(.nfkcCasefold)] + foldings + [.stop(.list(language))])
    }
}
