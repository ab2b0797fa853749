import Foundation
import Testing
import TextAnalysis

@Suite("Analyzer options")
struct AnalyzerOptionsTests {
    @Test("Options survive their stored form.")
    func roundTrip() throws {
        var own = AnalyzerOptions.icu
        own.filters = [
            .fold(.nfkcCasefold), .elision(.french), .protect(["iOS"]), .stop(.words(["der", "die"])),
            .stop(.list("english")),
            .synonyms([SynonymRule(equal: ["a", "b"]), SynonymRule(["tv"], replacedBy: ["television", "telly"])]),
            .length(minimum: 2, maximum: 40), .stem("german"),
        ]
        own.characterFilters = [.html, .mapping(["&": " and "])]
        own.segmentation = .wordsAndBigrams
        for options in try AnalyzerOptions.knownNames.map(AnalyzerOptions.init(named:)) + [own] {
            let data = try JSONEncoder().encode(options)
            #expect(try JSONDecoder().decode(AnalyzerOptions.self, from: data) == options)
        }
    }

    private func decode(_ json: String) throws -> AnalyzerOptions {
        try JSONDecoder().decode(AnalyzerOptions.self, from: Data(json.utf8))
    }

    @Test("A field that is absent is that of the profile which is extended.")
    func partial() throws {
        let options = try decode(#"{"name": "mine", "extends": "english", "segmentation": "bigrams"}"#)
        var expected = AnalyzerOptions.english
        expected.name = "mine"
        expected.segmentation = .bigrams
        #expect(options == expected)
        #expect(try decode(#"{"filters": ["nfkcCasefold"]}"#).filters == [.fold(.nfkcCasefold)])
    }

    @Test(
        "What cannot be read is an error that says where and what would be right.",
        arguments: [
            (#"{"extends": "x"}"#, "unknown profile"), (#"{"filter": []}"#, "unknown key"),
            (#"{"filters": ["nfkc"]}"#, "nfkcCasefold"), (#"{"filters": [{"stemm": "german"}]}"#, "known are"),
            (#"{"filters": [{"stem": "german", "stop": "german"}]}"#, "one member"),
            (#"{"filters": [{"synonyms": ["a =>"]}]}"#, "no rule of synonyms"),
            (#"{"characterFilters": [{"mapping": {"": "x"}}]}"#, "empty string"),
            (#"{"characterFilters": ["xml"]}"#, "unknown character filter"),
        ])
    func malformed(json: String, part: String) {
        let error = #expect(throws: DecodingError.self) { try decode(json) }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(context.debugDescription.contains(part), "\(context.debugDescription)")
    }

    @Test("Unknown names are errors that list the known ones.")
    func unknownNames() {
        #expect(throws: AnalyzerError.unknownAnalyzer(name: "klingon", known: AnalyzerOptions.knownNames)) {
            try Analyzer(named: "klingon")
        }
        var options = AnalyzerOptions.icu
        options.filters = [.stem("porter9")]
        let error = #expect(throws: AnalyzerError.self) { try Analyzer(options) }
        #expect(error?.description.contains("porter2") == true && error?.description.contains("german") == true)
        options.filters = [.stop(.list("nope"))]
        #expect(throws: AnalyzerError.unknownStopWordList(name: "nope", known: StopWords.knownLists)) {
            try Analyzer(options)
        }
        options.filters = [.length(minimum: 3, maximum: 2)]
        #expect(throws: AnalyzerError.self) { try Analyzer(options) }
        options = .english
        options.maximumTokenLength = 0
        #expect(throws: AnalyzerError.self) { try Analyzer(options) }
    }

    @Test("Snowball's stemmers and own stop words take effect.")
    func otherStemmers() throws {
        var options = AnalyzerOptions.icu
        options.filters = [.fold(.nfkcCasefold), .stop(.words(["Die"])), .stem("german")]
        #expect(try Analyzer(options).terms(in: "Die Häuser liefen") == ["haus", "lief"])
        options.filters = [.fold(.nfkcCasefold), .stem("porter2")]
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
        other.options.filters[3] = .stem("porter2")
        guard case .incompatible(let reason) = english.compatibility(with: other) else {
            Issue.record("\(english.compatibility(with: other))")
            return
        }
        #expect(reason.contains("the analyzers differ in filters:"))
        other = english
        other.version += 1
        #expect(
            english.compatibility(with: other)
                == .incompatible(
                    reason:
                        "the analysis pipeline is version \(english.version) in one and \(other.version) in the other"))
    }

    @Test("Another version of ICU limits an analyzer that uses it, and does not matter to one that does not.")
    func otherICU() throws {
        for (name, isLimited) in [("english", true), ("icu", true), ("whitespace", false)] {
            let identity = try Analyzer(named: name).identity
            var other = identity
            other.icuVersion = "99.9"
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
