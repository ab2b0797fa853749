import DecoyTestSupport
import Foundation
import Testing

@testable import RetrievalData

struct JSONLineTests {
    @Test("Every kind of value is read by its key.")
    func values() throws {
        let line = try JSONLine(
            parsing: #"""
                {"s": "a\"\u00e9\n", "i": -17, "d": 1.5, "e": 1e3, "t": true, "n": null, "l": ["a", "b"], "z": [], "f": [1, 2.5],
                 "m": [1, "a"], "o": {"x" : [ 1 ]}, "u": 18446744073709551615}
                """#)
        #expect(line.string("s") == "a\"é\n")
        #expect(line["i"] == .integer(-17))
        #expect(line.number("i") == -17)
        #expect(line.number("d") == 1.5)
        #expect(line.number("e") == 1000)
        #expect(line["t"] == .bool(true))
        #expect(line["n"] == .null)
        #expect(line.strings("l") == ["a", "b"])
        #expect(line.strings("z") == [])
        #expect(line.numbers("z") == [])
        #expect(line.numbers("f") == [1, 2.5])
        #expect(line["m"] == .raw(#"[1,"a"]"#))
        #expect(line["o"] == .raw(#"{"x":[1]}"#))
        #expect(line["u"] == .raw("18446744073709551615"))
        #expect(line["missing"] == nil)
        #expect(line.string("i") == nil)
        #expect(line.number("s") == nil)
    }

    @Test(
        "What is no object is refused with a reason.",
        arguments: [
            "", " ", "{", "}", "[]", "1", "nul", "{\"a\":}", "{\"a\": 1,}", "{\"a\": 1} x", "{a: 1}", "{\"a\": 01}",
            "{\"a\": \"\n\"}",
        ])
    func refused(_ text: String) {
        #expect(throws: JSONLine.Problem.self) { try JSONLine(parsing: text) }
    }

    @Test("An escaped half of a surrogate pair is refused, a whole pair is read.")
    func surrogates() throws {
        #expect(try JSONLine(parsing: #"{"a": "\ud83c\udf4e"}"#).string("a") == "🍎")
        for half in [#"\ud83c"#, #"\udf4e"#, #"\ud83cx"#, #"\ud83c\u0041"#, #"\udf4e\ud83c"#] {
            #expect(throws: JSONLine.Problem.self, "\(half)") { try JSONLine(parsing: "{\"a\": \"\(half)\"}") }
            #expect(throws: JSONLine.Problem.self, "\(half)") { try JSONLine(parsing: "{\"\(half)\": 1}") }
        }
    }

    @Test("Any string survives being escaped and parsed, by simdjson and by Foundation.")
    func escapes() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<200 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...20, using: &generator) {
                let code = UInt32.random(in: 0...(Bool.random(using: &generator) ? 0x80 : 0x10FFFF), using: &generator)
                if let scalar = Unicode.Scalar(code) { text.append(scalar) }
            }
            let json = "{\"a\": \(JSONText.quoted(String(text)))}"
            let back = try #require(try JSONLine(parsing: json).string("a"))
            #expect(Array(back.utf8) == Array(String(text).utf8), "seed \(generator.seed)")
            let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: String]
            #expect(object?["a"].map { Array($0.utf8) } == Array(String(text).utf8), "seed \(generator.seed)")
        }
    }

    @Test("Random damage to a line is refused or parsed, never a trap.")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 6)
        let parser = JSONLineParser()
        let line = Array(
            #"{"_id": "d1", "title": "ä\u00e9", "n": [1, 2.5e3], "l": ["x", "y"], "o": {"k": [null, true]}}"#.utf8)
        for _ in 0..<3_000 {
            var bytes = line
            for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.removeLast(place)
                }
            }
            _ = try? bytes.withUnsafeBufferPointer { try parser.parse($0) }
        }
    }
}
