import DecoyTestSupport
import RetrievalData
import TextAnalysis
import Testing

@testable import LexicalSearch

@Suite("Highlights")
struct HighlighterTests {
    private static let pieces = [
        "river ", "rivers ", "bank ", "the ", "of ", "flood, ", "x", " ", "  ", "\r\n", "東京", "都", "大学", "の", "京", "。",
        "เบา", "หวาน",
        "ใน", "เด็ก ", "e\u{301}\u{302}", "café ", "👩‍👩‍👧 ", "🇩🇪🇫🇷", "한국어 ", "\u{1112}\u{1161}\u{11AB}", "कि ", "<b>", "&amp;",
        "\u{600}12 ",
        " \u{301}", "ｶﾞ", "a-rather-long-word-that-goes-on-and-on-for-a-while ", "_",
    ]

    private static func analyzers() throws -> [AnalyzerOptions] {
        let fold = TokenFilter.fold(.nfkcCasefold)
        return [
            .english, .whitespace, try AnalyzerOptions(named: "japanese"),
            AnalyzerOptions(name: "bigrams", segmentation: .bigrams, filters: [fold]),
            AnalyzerOptions(
                name: "html", characterFilters: [.html, .mapping(["bank": "rivers of"])],
                segmentation: .wordsAndBigrams,
                filters: [fold, .stem("porter")]),
        ]
    }

    private static func text(_ length: ClosedRange<Int>, _ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: length, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    @Test("Ranges and snippets are those of the naive reference: whole characters, merged, the best window in sight.")
    func random() throws {
        var (marked, cut, phrases) = (0, 0, 0)
        for options in try Self.analyzers() {
            let analyzer = try Analyzer(options)
            for seed in 1...70 as ClosedRange<UInt64> {
                var random = SeededGenerator(seed: seed)
                let text = Self.text(0...60, &random)
                var query = Self.text(0...4, &random)
                if seed % 3 == 0 { query += "\"\(Self.text(1...3, &random))\"" }
                let parsed = PhraseQuery(parsing: query)
                let note = "seed \(seed), \(options.name), '\(query)' in '\(text)'"
                let naive = try NaiveHighlighter(parsed, text, options)
                let highlighter = try Highlighter(parsed, analyzer: analyzer)
                func check(_ ranges: [Range<Int>], _ expected: Set<Int>) {
                    #expect(ranges.reduce(into: Set()) { $0.formUnion($1) } == expected, "\(note)")
                    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound }, "\(note)")
                    #expect(ranges.allSatisfy { !$0.isEmpty }, "\(note)")
                }
                check(highlighter.ranges(in: text), naive.marked)
                let length = Int.random(in: 1...70, using: &random)
                let snippet = highlighter.snippet(of: text, length: length)
                let range = snippet.start..<snippet.end
                #expect(Array(text.utf8)[range] == Array(snippet.text.utf8)[...], "\(note)")
                #expect(naive.boundaries.isSuperset(of: [range.lowerBound, range.upperBound]), "\(note)")
                check(snippet.ranges, Set(naive.marked.filter(range.contains).map { $0 - range.lowerBound }))
                let core = naive.core(length: length) ?? 0..<0
                #expect(
                    core.isEmpty || range.contains(core.lowerBound) && range.upperBound >= core.upperBound,
                    "\(note), \(length)")
                if core.isEmpty { #expect(snippet.start == 0, "\(note)") }
                let whole = naive.boundaries.filter { $0 <= core.lowerBound }.max() ?? 0
                let end = naive.boundaries.filter { $0 >= core.upperBound }.min() ?? 0
                let least = String(decoding: Array(text.utf8)[whole..<end], as: UTF8.self).unicodeScalars.count
                #expect(snippet.text.unicodeScalars.count <= max(length, least), "\(note), \(length)")
                if text.unicodeScalars.count <= length { #expect(snippet.text == text, "\(note)") }
                marked += snippet.ranges.count
                cut += range.count < text.utf8.count ? 1 : 0
                phrases += parsed.phrases.count
            }
        }
        #expect(marked > 200 && cut > 200 && phrases > 50, "\(marked), \(cut), \(phrases)")
    }

    private func shown(_ text: String, _ query: String, _ analyzer: String, length: Int = 160) throws -> String {
        let snippet = try Highlighter(PhraseQuery(parsing: query), analyzer: Analyzer(named: analyzer))
            .snippet(of: text, length: length)
        let bytes = Array(snippet.text.utf8)
        var (shown, end) = ("", 0)
        for range in snippet.ranges {
            shown += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
            shown += "[" + String(decoding: bytes[range], as: UTF8.self) + "]"
            end = range.upperBound
        }
        return shown + String(decoding: bytes[end...], as: UTF8.self)
    }

    @Test("Inflected words, folded letters, pairs of characters and phrases are marked as they stand in the text.")
    func examples() throws {
        #expect(try shown("The Rivers' banks", "river bank", "english") == "The [Rivers]' [banks]")
        #expect(try shown("Les ÉTÉS de l’été", "ete", "french") == "Les [ÉTÉS] de [l’été]")
        #expect(try shown("Fu\u{308}ßen im Fluss", "füssen", "icu") == "[Fu\u{308}ßen] im Fluss")
        #expect(try shown("私は東京都に住む", "東京都", "japanese") == "私は[東京都]に住む")
        #expect(try shown("โรคเบาหวานในเด็ก", "เบาหวาน", "thai") == "โรค[เบาหวาน]ในเด็ก")
        #expect(
            try shown("bank, river bank of the river", #""bank of the river""#, "english")
                == "[bank], [river] [bank of the river]")
        #expect(try shown("no such word", "river", "english") == "no such word")
        #expect(try shown("", "river", "english") == "")
    }

    @Test("A snippet shows the place with most of the query, a phrase above its scattered words, cut between words.")
    func windows() throws {
        let filler = String(repeating: "some other words ", count: 8)
        let text = "river " + filler + "bank of a river " + filler + "flood"
        #expect(try shown(text, "river bank", "english", length: 40) == "other words [bank] of a [river] some other")
        #expect(try shown(text, "flood", "english", length: 30) == "words some other words [flood]")
        #expect(try shown(text, "nothing", "english", length: 30) == "river some other words some")
        let scattered = "bank of one river and bank " + filler + "on a river bank here"
        #expect(try shown(scattered, #""river bank""#, "english", length: 28).contains("[river bank]"))
        #expect(try shown(scattered, "river bank", "english", length: 28).hasPrefix("[bank] of one [river]"))
        #expect(try shown(String(repeating: "東京大学", count: 30) + "水", "水", "japanese", length: 9) == "東京大学東京大学[水]")
    }

    @Test("A searcher's highlighter prefers rare words.")
    func rareness() throws {
        let filler = String(repeating: "x ", count: 60)
        let documents =
            [Document(id: "a", text: "common usual " + filler + "rare")]
            + (0..<20).map { Document(id: "b\($0)", text: "common usual") }
        let searcher = try Searcher(reader: IndexReader(directory: TestIndex.build(documents)))
        let found = try searcher.highlighter(for: "rare common usual").snippet(of: documents[0].text, length: 30)
        #expect(found.text.hasSuffix(" rare") && found.ranges.count == 1)
        let plain = try Highlighter(PhraseQuery(text: "rare common usual"), analyzer: Analyzer(.whitespace))
        #expect(plain.snippet(of: documents[0].text, length: 30).text.hasPrefix("common usual x"))
    }
}
