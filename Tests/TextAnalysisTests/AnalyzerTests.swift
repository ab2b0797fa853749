import DecoyTestSupport
import Foundation
import Testing
import TextAnalysis

@Suite("Analyzer")
struct AnalyzerTests {
    @Test("The english profile gives the terms of Lucene's EnglishAnalyzer.")
    func lucene() throws {
        let analyzer = try Analyzer(named: "english")
        for (text, terms) in LuceneGolden.cases {
            #expect(analyzer.terms(in: text).joined(separator: " ") == terms, "\(text)")
        }
    }

    @Test("The english profile differs from Lucene in folding, at signs, colons, ideographs and emoji.")
    func luceneDifferences() throws {
        let analyzer = try Analyzer(named: "english")
        #expect(analyzer.terms(in: "Straße ﬁne") == ["strass", "fine"])
        #expect(analyzer.terms(in: "time 10:30") == ["time", "10", "30"])
        #expect(analyzer.terms(in: "北京大学 👍") == ["北京", "大学"])
    }

    @Test(
        "The icu profile segments and folds text of many languages.",
        arguments: [
            ("The Foxes' DEN isn't theirs.", "the foxes den isn't theirs"),
            ("Die Straße nach Düsseldorf", "die strasse nach düsseldorf"),
            ("สวัสดีชาวโลก", "สวัสดี ชาว โลก"),
            ("東京都に住んでいる人々は電車で通勤します。", "東京 都 に 住 んで いる 人々 は 電車 で 通勤 し ます"),
            ("我们在北京大学学习", "我们 在 北京 大学 学习"),
            ("كتابٌ جميل", "كتابٌ جميل"),
            ("हिन्दी में वाक्य", "हिन्दी में वाक्य"),
            ("한국어 문장", "한국어 문장"),
            ("I ❤️ 👩‍💻 and 🇩🇪", "i and"),
            ("ＦＵＬＬ　ｗｉｄｔｈ ①", "full width"),
            ("so\u{AD}ft e\u{301}", "soft é"),
            ("Swift6と日本語 mixed ไทย 2026", "swift6 と 日本語 mixed ไทย 2026"),
        ])
    func languages(text: String, terms: String) throws {
        #expect(try Analyzer(named: "icu").terms(in: text).joined(separator: " ") == terms)
    }

    @Test("Positions count removed stop words and offsets point into the original text.")
    func positions() throws {
        let tokens = try Analyzer(named: "english").tokens(in: "The CAFÉ of 東京 in 2026")
        #expect(
            tokens == [
                Token(term: "café", position: 1, utf8Range: 4..<9, status: .letter),
                Token(term: "東京", position: 3, utf8Range: 13..<19, status: .ideographic),
                Token(term: "2026", position: 5, utf8Range: 23..<27, status: .number),
            ])
    }

    @Test("The whitespace profile splits at white space of any script and changes nothing.")
    func whitespace() throws {
        let analyzer = try Analyzer(named: "whitespace")
        #expect(analyzer.terms(in: " The\tfox's\u{A0}É\u{3000}@:__\n\u{2028}x ") == ["The", "fox's", "É", "@:__", "x"])
        #expect(analyzer.terms(in: " \n") == [])
    }

    @Test("Tokens longer than the limit are cut on character boundaries.")
    func longTokens() throws {
        var options = AnalyzerOptions.icu
        options.maximumTokenLength = 5
        let analyzer = try Analyzer(options)
        #expect(analyzer.terms(in: "abcdefghijkl ééééé ab") == ["abcde", "fghij", "kl", "éé", "éé", "é", "ab"])
        #expect(analyzer.tokens(in: "abcdef g").map(\.position) == [0, 1, 2])
        let lengths = try Analyzer(named: "english").terms(in: String(repeating: "x", count: 1000)).map(\.utf8.count)
        #expect(lengths == [255, 255, 255, 235])
    }

    @Test("A term never has more than 255 bytes, even where normalization lengthens it.")
    func longExpansion() throws {
        let terms = try Analyzer(named: "icu").terms(in: String(repeating: "\u{FDFA}", count: 60))
        #expect(!terms.isEmpty && terms.allSatisfy { (1...255).contains($0.utf8.count) })
    }

    @Test("Ill-formed UTF-8 gives well-formed terms and never a trap, and sessions do not depend on their past.")
    func hostileBytes() throws {
        let seed: UInt64 = 11
        var random = SeededGenerator(seed: seed)
        for name in AnalyzerOptions.knownNames {
            let analyzer = try Analyzer(named: name)
            let old = analyzer.makeSession()
            for round in 0..<300 {
                let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
                let terms = [old, analyzer.makeSession()].map { session in
                    var terms: [[UInt8]] = []
                    bytes.withUnsafeBufferPointer {
                        session.forEachTerm(in: $0) { term, _ in terms.append(Array(term)) }
                    }
                    return terms
                }
                #expect(terms[0] == terms[1], "\(name), seed \(seed), round \(round)")
                for term in terms[0] {
                    #expect(String(validating: term, as: UTF8.self) != nil, "\(name), seed \(seed), round \(round)")
                    #expect(!term.isEmpty && term.count <= 255, "\(name), seed \(seed), round \(round)")
                }
            }
        }
    }

    @Test("A session that sees more words than its cache holds still gives the right terms.")
    func cacheOverflow() throws {
        let session = try Analyzer(named: "english").makeSession()
        var wrong = 0
        for i in 0..<70_000 {
            session.forEachTerm(in: "running\(i % 66_000)x") { term, _ in
                if String(decoding: term, as: UTF8.self) != "running\(i % 66_000)x" { wrong += 1 }
            }
        }
        #expect(wrong == 0)
    }

    @Test("Threads that share an analyzer get the same tokens.")
    func threads() async throws {
        let analyzer = try Analyzer(named: "english")
        let text = "The runners’ races in 東京 were won by Ana's café_team at 10:30."
        let expected = analyzer.tokens(in: text)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { (0..<50).allSatisfy { _ in analyzer.tokens(in: text) == expected } } }
            for await same in group { #expect(same) }
        }
    }
}
