import DecoyTestSupport
import Testing

@testable import TextAnalysis

@Suite("Traces of an analysis")
struct AnalysisTraceTests {
    private static let pieces = [
        "The ", "foxes' ", "l'", "l'avion ", "Straße", "東京都", "京", "に", "ｶﾞ", "人々", " ", "เบา", "หวาน", "e\u{301}",
        "한국어 ", "42",
        "<b>", "</b>", "&amp;", "tv ", "car ", "_", "कि", "ﬁ", "\u{AD}", "İ",
    ]

    private static func analyzers() throws -> [Analyzer] {
        var options = try AnalyzerOptions.knownNames.map { try AnalyzerOptions(named: $0) }
        options.append(
            AnalyzerOptions(
                name: "own", characterFilters: [.html, .mapping(["tv": "télé"])], segmentation: .wordsAndBigrams,
                filters: [
                    .fold(.accents), .fold(.nfkcCasefold), .synonyms([.init(equal: ["car", "automobile", "cars"])]),
                    .stem("porter"), .length(minimum: 2, maximum: 9),
                ], maximumTokenLength: 9))
        return try options.map { try Analyzer($0) }
    }

    @Test("The terms, positions and offsets of a trace are those of the tokens, for every profile and random text.")
    func random() throws {
        let analyzers = try Self.analyzers()
        for seed in 1...150 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let text = (0..<Int.random(in: 0...12, using: &random))
                .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
            for analyzer in analyzers {
                let traced = analyzer.trace(text).tokens
                let tokens = traced.flatMap { token in
                    token.terms.map {
                        Token(
                            term: $0, position: token.position ?? -1, utf8Range: token.start..<token.end,
                            status: token.status)
                    }
                }
                #expect(tokens == analyzer.tokens(in: text), "seed \(seed), \(analyzer.options.name), '\(text)'")
                for token in traced {
                    #expect(token.steps.last.map { $0.terms == token.terms } ?? (token.terms == [token.token]))
                }
            }
        }
    }

    @Test("A token of which a filter leaves nothing has no position, and one that is removed has one.")
    func positions() throws {
        let trace = try Analyzer(
            AnalyzerOptions(name: "own", filters: [.fold(.possessive), .elision(.french), .stop(.words(["a"]))])
        ).trace("a l’ a b")
        #expect(trace.tokens.map(\.position) == [0, 1, 2, 3])
        let mark = try Analyzer(AnalyzerOptions(name: "own", filters: [.fold(.greek)])).trace("\u{301} b")
        #expect(mark.tokens.last?.position == 0)
    }

    @Test(
        "Display width is two for wide characters, none for marks, and one for all else.",
        arguments: [
            ("", 0), ("abc", 3), ("東京", 4), ("ｶﾞ", 2), ("e\u{301}", 1), ("เบี้ย", 3), ("한국", 4),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("Ａ", 2), ("a\u{200B}b", 2), ("👍", 2), ("\u{1B}", 0),
        ])
    func width(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }
}
