import Testing
import TextAnalysis

@Suite("Analyzer")
struct AnalyzerTests {
    @Test("The english profile folds, removes possessives and stop words, and stems.")
    func english() throws {
        let analyzer = try Analyzer(named: "english")
        #expect(analyzer.terms(in: "The Foxes' den isn't John’s; it's O'Neill's.") == ["fox", "den", "isn't", "john", "o'neil"])
        #expect(analyzer.terms(in: "foo@bar.com at 10:30, snake_case __ 3.14") == [
            "foo", "bar.com", "10", "30", "snake_cas", "3.14",
        ])
    }

    @Test("Positions count removed stop words and offsets point into the original text.")
    func positions() throws {
        let text = "The CAFÉ of 東京"
        let tokens = try Analyzer(named: "english").tokens(in: text)
        #expect(tokens == [
            Token(term: "café", position: 1, utf8Range: 4..<9, status: .letter),
            Token(term: "東京", position: 3, utf8Range: 13..<19, status: .ideographic),
        ])
    }
}
