import Foundation
import Testing

@testable import TextAnalysis

// What the articles show; the first test compares.

func wordCounts(of texts: [String], profile: String) throws -> [String: Int] {
    let session = try Analyzer(named: profile).makeSession()
    var numbers = [String: UInt32]()
    var counts = [Int]()
    for text in texts {
        Array(text.utf8).withUnsafeBufferPointer { utf8 in
            session.forEachTermNumber(in: utf8) { bytes in
                let term = String(decoding: bytes, as: UTF8.self)
                if let number = numbers[term] { return number }
                let number = UInt32(counts.count)
                numbers[term] = number
                counts.append(0)
                return number
            } _: { number, _ in
                counts[Int(number)] += 1
            }
        }
    }
    return numbers.mapValues { counts[Int($0)] }
}

func longestTerm(in text: String, _ analyzer: Analyzer) -> Int {
    var longest = 0
    analyzer.makeSession().forEachTerm(in: text) { term, _ in longest = max(longest, term.count) }
    return longest
}

@Suite("Articles")
struct ArticleTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func lines(of path: String) throws -> [String] {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8).components(separatedBy: "\n")
    }

    private func article(_ name: String = "Analyzers") throws -> [String] {
        try lines(of: "Sources/TextAnalysis/TextAnalysis.docc/\(name).md")
    }

    /// The blocks of code of a language in an article, without indentation.
    private func blocks(_ language: String, in article: [String]) -> [[String]] {
        var blocks: [[String]] = []
        var isInside = false
        for line in article {
            if line == "```\(language)" {
                blocks.append([])
                isInside = true
            } else if line == "```" {
                isInside = false
            } else if isInside {
                blocks[blocks.count - 1].append(line.trimmingCharacters(in: .whitespaces))
            }
        }
        return blocks
    }

    @Test("Every piece of Swift in the articles stands in this file, where it is compiled.")
    func code() throws {
        let own = try lines(of: "Tests/TextAnalysisTests/ArticleTests.swift").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        let all = blocks("swift", in: try article()) + blocks("swift", in: try article("TextAnalysis"))
        #expect(all.count == 4)
        for block in all {
            let isHere = own.indices.contains { own[$0...].starts(with: block) }
            #expect(isHere, "\(block.joined(separator: "\n"))")
        }
    }

    @Test("The examples do what the articles say.")
    func examples() throws {
        let analyzer = try Analyzer(named: "german")
        let terms = analyzer.terms(in: "Die Häuser der Straße")  // haus, strass
        #expect(terms == ["haus", "strass"])
        #expect(try wordCounts(of: ["the cat", "Cats and dogs"], profile: "english") == ["cat": 2, "dog": 1])
        #expect(longestTerm(in: "a bee", try Analyzer(named: "icu")) == 3)
    }

    @Test("The detector of the article finds German.")
    func detection() throws {
        var detector = LanguageDetector()
        detector.add("Der Fluss hat den unteren Teil der Stadt überschwemmt,")
        detector.add("und viele Familien mussten ihre Häuser verlassen.")
        let analyzer = try Analyzer(named: detector.guess().profile)
        #expect(analyzer.options.name == "german")
    }

    @Test("The table of profiles has the sentences and terms that are tested.")
    func profiles() throws {
        let rows = try article().filter { $0.hasPrefix("| `") && $0.split(separator: "|").count == 3 }
        #expect(rows == ProfileSentences.all.map { "| `\($0.profile)` | \($0.sentence) | \($0.terms) |" })
    }

    @Test("The tables of filters name every filter, in a form that is read.")
    func filters() throws {
        let rows = try article().filter { $0.hasPrefix("| `") && $0.split(separator: "|").count == 2 }
        let forms = rows.map { $0.split(separator: "`")[1] }
        let filters = try forms.map { form in
            let json = form.hasPrefix("{") ? String(form) : "\"\(form)\""
            return try JSONDecoder().decode(TokenFilter.self, from: Data(json.utf8))
        }
        #expect(filters.map(\.name) == TokenFilter.knownNames)
    }

    @Test("The custom analyzer of the article is read and does what it says.")
    func custom() throws {
        let json = try #require(blocks("json", in: try article()).first).joined(separator: "\n")
        let options = try JSONDecoder().decode(AnalyzerOptions.self, from: Data(json.utf8))
        #expect(options.name == "products" && options.maximumTokenLength == 64)
        let analyzer = try Analyzer(options)
        #expect(
            analyzer.terms(in: "<p>Häuser &amp; Fernseher mit Android für C++</p> TV Handy")
                == ["haus", "fernseh", "tv", "android", "cplusplus", "tv", "fernseh", "mobiltelefon"])
    }
}
