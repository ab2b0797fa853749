import DecoyTestSupport
import Foundation
import Testing

@testable import SearchServer

@Suite("JSON of answers")
struct JSONWriterTests {
    @Test("Random strings and numbers read back as they were.")
    func random() throws {
        let pieces = ["a", "\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", "é", "東", "👩‍👩‍👧", "</script>", "\u{2028}", "/"]
        for seed in 1...100 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let texts = (0..<5).map { _ in
                (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                    .joined()
            }
            let numbers = (0..<5).map { _ in Double.random(in: -1e9...1e9, using: &random) }
            var json = JSONWriter()
            json.object { json in
                json.field("texts") { json in json.array { json in for text in texts { json.value(text) } } }
                for (place, number) in numbers.enumerated() {
                    json.field(named: "n\(place)\(texts[place])") { json in json.object { $0.field("value", number) } }
                }
                json.field("none", nil as String?)
                json.field("infinite", Double.infinity)
                json.field("last", true)
            }
            let view = try JSONView(parsing: json.bytes)
            #expect(view.texts.array.map(\.string) == texts, "seed \(seed)")
            for (place, number) in numbers.enumerated() {
                #expect(view["n\(place)\(texts[place])"]["value"].number == number, "seed \(seed)")
            }
            #expect(!view.keys.contains("none") && !view.keys.contains("infinite") && view.last.truth == true)
        }
    }
}
