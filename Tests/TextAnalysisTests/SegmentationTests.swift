import DecoyTestSupport
import Testing

@testable import TextAnalysis

@Suite("Word segmentation")
struct SegmentationTests {
    @Test("All ASCII strings up to length 4 over one character of each class give ICU's words and statuses.")
    func allShortStrings() {
        let alphabet = Array("a1_'.,;-:@ \n\0".utf8)
        let icu = ICUWords()
        var differences: [String] = []
        func visit(_ prefix: [UInt8]) {
            if hybridSpans(prefix, icu) != icuSpans(prefix, icu) {
                differences.append(String(decoding: prefix, as: UTF8.self))
            }
            if prefix.count < 4 { for byte in alphabet { visit(prefix + [byte]) } }
        }
        visit([])
        #expect(differences.isEmpty, "\(differences.count) differ, such as \(differences.prefix(5))")
    }

    @Test(
        "All strings up to length 3 over one or more characters of each word break class give ICU's words and statuses."
    )
    func allShortStringsOfClasses() {
        let alphabet = Array(
            "aé1_'’.,;:\" \n\r\u{301}\u{200D}\u{AD}אカ你がก\u{1100}\u{1161}한👍🇩\u{3000}Ｍ：".unicodeScalars
        ).map { Array(String($0).utf8) }
        let icu = ICUWords()
        var differences: [String] = []
        func visit(_ prefix: [UInt8], _ length: Int) {
            if hybridSpans(prefix, icu) != icuSpans(prefix, icu) {
                differences.append(String(decoding: prefix, as: UTF8.self))
            }
            if length < 3 { for scalar in alphabet { visit(prefix + scalar, length + 1) } }
        }
        visit([], 0)
        #expect(
            differences.isEmpty, "\(differences.count) differ, such as \(differences.prefix(5).map(\.debugDescription))"
        )
    }

    @Test("Text of many languages gives ICU's words and statuses.", arguments: LanguageTexts.all)
    func languages(name: String, text: String) {
        let icu = ICUWords()
        let bytes = Array(text.utf8)
        let spans = icuSpans(bytes, icu)
        #expect(hybridSpans(bytes, icu) == spans)
        #expect(spans.count >= 20)
        for span in spans {
            #expect(
                String(validating: bytes[span.start..<span.end], as: UTF8.self) != nil, "\(span) cuts a character")
        }
    }

    @Test("Random pieces of text of many languages, put together, give ICU's words and statuses.")
    func randomPieces() {
        let seed: UInt64 = 404
        var random = SeededGenerator(seed: seed)
        let icu = ICUWords()
        let texts = LanguageTexts.all.map { Array($0.1.unicodeScalars) }
        for round in 0..<1500 {
            var text = ""
            for _ in 0..<Int.random(in: 2...5, using: &random) {
                guard let source = texts.randomElement(using: &random) else { continue }
                let first = Int.random(in: 0..<source.count, using: &random)
                let last = min(source.count, first + Int.random(in: 1...12, using: &random))
                text.unicodeScalars.append(contentsOf: source[first..<last])
            }
            let bytes = Array(text.utf8)
            #expect(
                hybridSpans(bytes, icu) == icuSpans(bytes, icu),
                "seed \(seed), round \(round): \(text.debugDescription)")
        }
    }

    @Test("Random ASCII strings give ICU's words and statuses.")
    func randomASCII() {
        let seed: UInt64 = 20_261
        var random = SeededGenerator(seed: seed)
        let icu = ICUWords()
        for round in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...24, using: &random)).map { _ in
                UInt8.random(in: 0..<128, using: &random)
            }
            #expect(hybridSpans(bytes, icu) == icuSpans(bytes, icu), "seed \(seed), round \(round): \(bytes)")
        }
    }

    @Test("Random strings of mixed scripts give the words that ICU finds in the whole text.")
    func randomMixed() {
        let seed: UInt64 = 77
        var random = SeededGenerator(seed: seed)
        let icu = ICUWords()
        let alphabet = Array(
            "ab1_'.,;:@ \n\téß’\u{301}\u{200D}\u{FEFF}\u{AD}你好カなไทยกาखि한\u{1100}\u{1161}א\"ב👍🏽🇩🇪\u{3000}٣〆ー"
                .unicodeScalars)
        for round in 0..<4000 {
            var text = ""
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                text.unicodeScalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            let bytes = Array(text.utf8)
            #expect(
                hybridSpans(bytes, icu) == icuSpans(bytes, icu),
                "seed \(seed), round \(round): \(text.debugDescription)")
        }
    }

    @Test("Random bytes give words in order inside the text, the same on both paths.")
    func randomBytes() {
        let seed: UInt64 = 5
        var random = SeededGenerator(seed: seed)
        let icu = ICUWords()
        for round in 0..<1500 {
            let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0...255, using: &random) : UInt8.random(in: 0x20...0x7A, using: &random)
            }
            let spans = hybridSpans(bytes, icu)
            #expect(spans == icuSpans(bytes, icu), "seed \(seed), round \(round): \(bytes)")
            var last = 0
            for span in spans {
                #expect(
                    span.start >= last && span.end > span.start && span.end <= bytes.count,
                    "seed \(seed), round \(round)")
                last = span.end
            }
        }
    }

    @Test("At sign and colon always separate, underscore joins, whatever ICU's version does.")
    func ownDecisions() throws {
        let analyzer = try Analyzer(named: "icu")
        #expect(analyzer.terms(in: "foo@bar.com é@é") == ["foo", "bar.com", "é", "é"])
        #expect(analyzer.terms(in: "10:30 k:a é:é std::map") == ["10", "30", "k", "a", "é", "é", "std", "map"])
        #expect(analyzer.terms(in: "foo.@bar a@'b") == ["foo", "bar", "a", "b"])
        #expect(analyzer.terms(in: "snake_case _x_ é_é __ é __") == ["snake_case", "_x_", "é_é", "é"])
    }
}
