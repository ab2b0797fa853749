import Foundation
import Testing

@testable import TextAnalysis

@Suite("Token filters")
struct TokenFilterTests {
    private func analyzer(_ filters: [TokenFilter], tokenizer: AnalyzerOptions.Tokenizer = .words) throws -> Analyzer {
        try Analyzer(
            AnalyzerOptions(name: "test", tokenizer: tokenizer, filters: [.fold(.nfkcCasefold)] + filters))
    }

    private func rules(_ lines: String...) throws -> TokenFilter {
        .synonyms(try lines.map { try #require(SynonymRule($0)) })
    }

    /// Terms with their positions.
    private func shown(_ analyzer: Analyzer, _ text: String) -> String {
        analyzer.tokens(in: text).map { "\($0.position)\($0.term)" }.joined(separator: " ")
    }

    @Test("Equal words stand at one position, the word of the text first, with the offsets of that word.")
    func equalSynonyms() throws {
        let analyzer = try analyzer([try rules("Car, automobile, auto")])
        #expect(shown(analyzer, "old AUTO here") == "0old 1auto 1car 1automobile 2here")
        #expect(shown(analyzer, "car") == "0car 0automobile 0auto")
        #expect(analyzer.tokens(in: "old auto").map(\.utf8Range) == [0..<3, 4..<8, 4..<8, 4..<8])
    }

    @Test("An arrow replaces; rules of one list do not chain, lists do.")
    func arrows() throws {
        let one = try analyzer([try rules("tv, telly => television", "television => screen")])
        #expect(shown(one, "tv telly television") == "0television 1television 2screen")
        let two = try analyzer([try rules("tv => television"), try rules("television, screen")])
        #expect(shown(two, "tv x") == "0television 0screen 1x")
        let joined = try analyzer([try rules("tv => television", "tv => screen", "tv => television")])
        #expect(shown(joined, "tv") == "0television 0screen")
    }

    @Test("Filters after synonyms see each; equal ones count once, removed ones hold the position.")
    func afterSynonyms() throws {
        let stemmed = try analyzer([try rules("bikes, bicycles, bike"), .stem("porter")])
        #expect(shown(stemmed, "bikes run") == "0bike 0bicycl 1run")
        let stopped = try analyzer([try rules("x => the, a", "y => the, house"), .stop(.list("english"))])
        #expect(shown(stopped, "x y z") == "1house 2z")
        let before = try analyzer([.stop(.words(["y"])), try rules("y => z")])
        #expect(shown(before, "y x") == "1x")
    }

    @Test("Words of a list pass through the filters before it, and are not removed or replaced there.")
    func wordsOfLists() throws {
        let folded = try analyzer([.fold(.german), .stop(.words(["Für", "GROẞ"]))])
        #expect(folded.terms(in: "fuer für gross haus") == ["haus"])
        let stemmed = try analyzer([.stem("porter"), .stop(.words(["Running"]))])
        #expect(stemmed.terms(in: "runs walks") == ["walk"])
        let protected = try analyzer([.protect(["does"]), .stem("porter"), .stop(.words(["does", "doing"]))])
        #expect(protected.terms(in: "does doing dogs") == ["dog"])
        let both = try analyzer([.stop(.words(["tv"])), try rules("tv, screen")])
        #expect(both.terms(in: "tv screen") == ["screen", "tv"])
    }

    @Test("Protected words are neither stemmed nor cut.")
    func protect() throws {
        let analyzer = try analyzer([.protect(["Kubernetes"]), .stem("porter"), .truncate(4)])
        #expect(analyzer.terms(in: "KUBERNETES caches") == ["kubernetes", "cach"])
        let late = try self.analyzer([.stem("porter"), .protect(["caches"])])
        #expect(late.terms(in: "caches") == ["cach"])
    }

    @Test("Truncation counts characters, not bytes.")
    func truncate() throws {
        #expect(try analyzer([.truncate(3)]).terms(in: "häuser ab домами") == ["häu", "ab", "дом"])
        #expect(throws: AnalyzerError.self) { try analyzer([.truncate(0)]) }
    }

    @Test("Tokens of other lengths go and hold their position.")
    func length() throws {
        let analyzer = try analyzer([.length(minimum: 2, maximum: 4)])
        #expect(shown(analyzer, "a ab äöüß äöüßx b") == "1ab")
        #expect(shown(analyzer, "x ab b äöüñ c") == "1ab 3äöüñ")
    }

    @Test("Many words of a list all count, on every way.")
    func manySynonyms() throws {
        let words = (0..<300).map { "word\($0)" }
        let analyzer = try analyzer([.synonyms([SynonymRule(equal: words)])])
        let tokens = analyzer.tokens(in: "word7 x")
        #expect(Set(tokens.map(\.term)) == Set(words + ["x"]) && tokens.first?.term == "word7")
        #expect(tokens.last?.position == 1 && tokens.count == 301)
        var count = 0
        Array("word7 x word7".utf8).withUnsafeBufferPointer { utf8 in
            analyzer.makeSession().forEachTermNumber(in: utf8, numbering: { UInt32($0.count) }) { _, _ in count += 1 }
        }
        #expect(count == 601)
    }

    @Test("A trace says what each filter made of each token.")
    func trace() throws {
        var options = AnalyzerOptions.english
        options.characterFilters = [.mapping(["&": " and "])]
        options.filters.insert(try rules("tv, television"), at: 2)
        let analyzer = try Analyzer(options)
        let text = "The dog's TV & Radios"
        let trace = analyzer.trace(text)
        #expect(trace.filteredText == "The dog's TV  and  Radios")
        #expect(trace.tokens.map(\.token) == ["The", "dog's", "TV", "and", "Radios"])
        #expect(trace.tokens.map(\.position) == [0, 1, 2, 3, 4])
        #expect(trace.tokens.map(\.terms) == [[], ["dog"], ["tv", "televis"], [], ["radio"]])
        #expect(
            trace.tokens.map(\.steps.last?.filter) == [
                "stop(english)", "possessive", "stem(porter)", "stop(english)", "stem(porter)",
            ])
        #expect(trace.tokens[2].steps.map(\.filter) == ["nfkcCasefold", "synonyms(1 rules)", "stem(porter)"])
        #expect(trace.tokens.map { $0.start..<$0.end } == [0..<3, 4..<9, 10..<12, 13..<14, 15..<21])
        #expect(analyzer.trace("plain").filteredText == nil)
        #expect(analyzer.trace("").tokens.isEmpty)
    }

    @Test("A trace has the terms, positions and offsets of the tokens.", arguments: ProfileSentences.all)
    func traceEqualsTokens(profile: String, sentence: String, terms: String) throws {
        let analyzer = try Analyzer(named: profile)
        let traced = analyzer.trace(sentence).tokens.flatMap { token in
            token.terms.map {
                Token(
                    term: $0, position: token.position ?? -1, utf8Range: token.start..<token.end, status: token.status)
            }
        }
        #expect(traced == analyzer.tokens(in: sentence))
    }
}
