import Foundation
import Testing
import TextAnalysis

@Suite("Analyzer options")
struct AnalyzerOptionsTests {
    @Test("Options survive their stored form.")
    func roundTrip() throws {
        var own = AnalyzerOptions.icu
        own.stopWords = .words(["der", "die"])
        own.stemmer = "german"
        for options in [AnalyzerOptions.english, .icu, .whitespace, own] {
            let data = try JSONEncoder().encode(options)
            #expect(try JSONDecoder().decode(AnalyzerOptions.self, from: data) == options)
        }
    }

    @Test("Fields that the stored form lacks are those of the named profile.")
    func partial() throws {
        let options = try JSONDecoder().decode(
            AnalyzerOptions.self, from: Data(#"{"name": "english", "stemmer": "porter2"}"#.utf8))
        var expected = AnalyzerOptions.english
        expected.stemmer = "porter2"
        #expect(options == expected)
        #expect(throws: AnalyzerError.unknownAnalyzer(name: "x", known: AnalyzerOptions.knownNames)) {
            try JSONDecoder().decode(AnalyzerOptions.self, from: Data(#"{"name": "x"}"#.utf8))
        }
    }

    @Test("Unknown names are errors that list the known ones.")
    func unknownNames() {
        #expect(throws: AnalyzerError.unknownAnalyzer(name: "klingon", known: ["english", "icu", "whitespace"])) {
            try Analyzer(named: "klingon")
        }
        var options = AnalyzerOptions.english
        options.stemmer = "porter9"
        let error = #expect(throws: AnalyzerError.self) { try Analyzer(options) }
        #expect(error?.description.contains("porter2") == true && error?.description.contains("german") == true)
        options = .english
        options.stopWords = .list("nope")
        #expect(throws: AnalyzerError.unknownStopWordList(name: "nope", known: ["english"])) { try Analyzer(options) }
        options = .english
        options.maximumTokenLength = 0
        #expect(throws: AnalyzerError.self) { try Analyzer(options) }
    }

    @Test("Snowball's stemmers and own stop words take effect.")
    func otherStemmers() throws {
        var options = AnalyzerOptions.icu
        options.stemmer = "german"
        options.stopWords = .words(["die"])
        #expect(try Analyzer(options).terms(in: "Die Häuser liefen") == ["haus", "lief"])
        options = .english
        options.stemmer = "porter2"
        #expect(try Analyzer(options).terms(in: "generously skies") == ["generous", "sky"])
    }

    @Test("The english list has Lucene's 33 words.")
    func stopWords() throws {
        #expect(try StopWords.list("english").resolved().count == 33)
    }

    @Test("An identity names the field that makes two analyzers differ.")
    func incompatible() throws {
        let english = try Analyzer(named: "english").identity
        #expect(english.compatibility(with: english) == .compatible)
        var other = english
        other.options.stemmer = "porter2"
        #expect(!english.isCompatible(with: other))
        #expect(english.incompatibility(with: other) == "the analyzers differ in stemmer: porter and porter2")
        other = english
        other.version += 1
        #expect(english.incompatibility(with: other)?.contains("version") == true)
    }

    @Test("Another version of ICU limits an analyzer that uses it, and does not matter to one that does not.")
    func otherICU() throws {
        for (name, isLimited) in [("english", true), ("icu", true), ("whitespace", false)] {
            let identity = try Analyzer(named: name).identity
            var other = identity
            other.icuVersion = "99.9"
            #expect(identity.isCompatible(with: other))
            if case .limited(let reason) = identity.compatibility(with: other) {
                #expect(isLimited && reason.contains("99.9"))
            } else {
                #expect(!isLimited)
            }
        }
    }

    @Test("An identity survives its stored form.")
    func identityRoundTrip() throws {
        let identity = try Analyzer(named: "english").identity
        let data = try JSONEncoder().encode(identity)
        #expect(try JSONDecoder().decode(AnalyzerIdentity.self, from: data) == identity)
        #expect(identity.icuVersion.contains(".") && !identity.unicodeVersion.isEmpty)
    }
}
