/// The analyzers that have a name.
enum LanguageProfiles {
    /// All profiles, in the order in which they are listed.
    static let all: [AnalyzerOptions] = [english, icu, whitespace]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The profile of that name.
    static func named(_ name: String) -> AnalyzerOptions? { byName[name] }

    static let english = AnalyzerOptions(
        name: "english",
        filters: [.fold(.nfkcCasefold), .fold(.possessive), .stop(.list("english")), .stem("porter")])
    static let icu = AnalyzerOptions(name: "icu", filters: [.fold(.nfkcCasefold)])
    static let whitespace = AnalyzerOptions(name: "whitespace", tokenizer: .whitespace)
}
