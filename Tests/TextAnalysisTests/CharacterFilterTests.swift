import DecoyTestSupport
import Foundation
import Testing

@testable import TextAnalysis

/// A text as bytes, each with the bytes of the original that it was made of: the plain form of `FilteredText`.
private struct NaiveText: Equatable {
    var bytes: [UInt8] = []
    var origins: [Range<Int>] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        origins = bytes.indices.map { $0..<($0 + 1) }
    }

    /// Each pair of a mapping at the first place where it begins, the longest first.
    mutating func map(_ mapping: [String: String]) {
        let old = self
        bytes = []
        origins = []
        var i = 0
        while i < old.bytes.count {
            let found = mapping.filter { old.bytes[i...].starts(with: $0.key.utf8) }.max {
                $0.key.utf8.count < $1.key.utf8.count
            }
            let count = found?.key.utf8.count ?? 1
            let new = found.map { Array($0.value.utf8) } ?? [old.bytes[i]]
            let origin = old.origins[i].lowerBound..<old.origins[i + count - 1].upperBound
            bytes += new
            origins += new.map { _ in origin }
            i += count
        }
    }
}

@Suite("Character filters")
struct CharacterFilterTests {
    @Test("Mappings, nested too, give the bytes and offsets of a plain reference.")
    func mappings() {
        let seed: UInt64 = 20_264
        var random = SeededGenerator(seed: seed)
        let mappings: [[String: String]] = [
            ["&": " and ", "c++": "cplusplus", "c": "", "ab": "é", "aba": "x"], ["a": "文", "文": "b", "é": ""],
            ["ab": "", "b": "aa", " ": "", "+": "+"], ["né": "c", "xx": "x", "aa": "bbb"],
        ]
        let letters = ["a", "b", "c", "c++", "+", "&", " ", "é", "文", "x"]
        for round in 0..<600 {
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }.joined()
            let chosen = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                mappings[Int.random(in: 0..<mappings.count, using: &random)]
            }
            var expected = NaiveText(text)
            for mapping in chosen { expected.map(mapping) }
            let results = Array(text.utf8).withUnsafeBufferPointer {
                TextFilters(chosen.map(CharacterFilter.mapping)).apply(to: $0)
            }
            #expect((results.last?.bytes ?? Array(text.utf8)) == expected.bytes, "seed \(seed), round \(round)")
            for start in expected.bytes.indices {
                for end in (start + 1)...expected.bytes.count {
                    let original = expected.origins[start].lowerBound..<expected.origins[end - 1].upperBound
                    #expect(
                        results.original(of: start..<end) == original,
                        "seed \(seed), round \(round): \(text), \(start)..<\(end)")
                }
            }
        }
    }

    private func filtered(_ text: String, _ filters: [CharacterFilter]) -> String {
        Array(text.utf8).withUnsafeBufferPointer {
            TextFilters(filters).apply(to: $0).last.map { String(decoding: $0.bytes, as: UTF8.self) } ?? text
        }
    }

    @Test(
        "Markup goes, and what only looks like it stays.",
        arguments: [
            ("a<b>b</b>c", "abc"), ("one<p>two</p>three<br/>four", "one two three four"), ("<P CLASS=x>a", " a"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"), ("a<b", "a<b"), ("<", "<"), ("a<", "a<"), ("</", "</"), ("<>", "<>"),
            ("< a>", "< a>"), ("<3>", "<3>"), ("i<j>k", "i k"), ("<ünï>", "<ünï>"),
            ("a<!-- b > c -->d", "a d"), ("a<!-- b > c", "a "), ("<!DOCTYPE html>a", " a"),
            ("<?xml version='1'?>a", " a"),
            ("<img alt='a > b'>c", " c"), ("<a title=\"x>y\">z</a>", "z"), ("<a title='it>b c", "b c"),
            ("<script>if (a < b) '</p>'</script>d", " d"), ("<STYLE>p > a {}</Style >d", " d"), ("a<script>b", "a "),
            ("<scripted>a", " a"), ("caf&eacute; &amp; t&ecirc;te", "café & tête"), ("&lt;b&gt;", "<b>"),
            ("&#65;&#x42;&#X43;", "ABC"),
            ("&#xD800;&#99999999;&#x;&#;&;&nope;&amp", "&#xD800;&#99999999;&#x;&#;&;&nope;&amp"),
            ("&#+65;&#-1;", "&#+65;&#-1;"), ("&amp;lt;", "&lt;"), ("&#x1F600;", "😀"), ("", ""),
        ])
    func html(text: String, expected: String) {
        #expect(filtered(text, [.html]) == expected)
    }

    @Test("Filters run in their order.")
    func order() {
        #expect(filtered("a &amp; b", [.html, .mapping(["&": "and"])]) == "a and b")
        #expect(filtered("a &amp; b", [.mapping(["&": "and"]), .html]) == "a andamp; b")
    }

    @Test("Offsets are those of the original text.")
    func offsets() throws {
        var options = AnalyzerOptions.english
        options.characterFilters = [.html, .mapping(["c++": "cplusplus"])]
        let text = "<p>Learn <b>C</b>af&eacute; c++</p>"
        let tokens = try Analyzer(options).tokens(in: text)
        #expect(tokens.map(\.term) == ["learn", "café", "cplusplu"])
        let covered = tokens.map { String(decoding: Array(text.utf8)[$0.utf8Range], as: UTF8.self) }
        #expect(covered == ["Learn", "C</b>af&eacute;", "c++"])
    }

    @Test("Hostile markup of 100 KB is stripped in one pass, with offsets in order and on character boundaries.")
    func hostile() {
        let pieces = [
            "<a", "<a ", "<a '", "<a \"", "<a '>", "<a \">", "<!--", "<!-->", "<script>", "<script", "</script", "&",
            "&#", "&amp",
            "<é", "<a\"'>",
        ]
        for piece in pieces {
            for end in ["", ">", "'>é", "-->"] {
                let bytes = Array((String(repeating: piece, count: 100_000 / piece.utf8.count) + end).utf8)
                bytes.withUnsafeBufferPointer { text in
                    let result = HTMLStripper.apply(to: text)
                    #expect(String(validating: result.bytes, as: UTF8.self) != nil, "\(piece)")
                    var last = 0
                    for place in stride(from: 0, to: result.bytes.count, by: 997)
                    where result.bytes[place] & 0xC0 != 0x80 {
                        let range = result.original(of: place..<(place + 1))
                        #expect(range.lowerBound >= last && range.upperBound <= bytes.count, "\(piece)")
                        #expect(range.lowerBound == bytes.count || bytes[range.lowerBound] & 0xC0 != 0x80, "\(piece)")
                        last = range.lowerBound
                    }
                }
            }
        }
    }

    @Test("Random markup, whole or broken, leaves tokens on character boundaries of the original.")
    func randomMarkup() throws {
        let seed: UInt64 = 99
        var random = SeededGenerator(seed: seed)
        var options = AnalyzerOptions.icu
        options.characterFilters = [.html, .mapping(["é": "ee", "a": ""])]
        let analyzer = try Analyzer(options)
        let pieces = [
            "<", ">", "a", "é", "東", "&", ";", "#", "x", "4", "eacute", "'", "\"", "!--", "--", "/", "script", " ", "b",
        ]
        for round in 0..<800 {
            let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            let bytes = Array(text.utf8)
            var last = 0
            for token in analyzer.tokens(in: text) {
                let range = token.utf8Range
                let isInside =
                    range.lowerBound >= last && range.lowerBound < range.upperBound && range.upperBound <= bytes.count
                #expect(isInside, "seed \(seed), round \(round): \(text)")
                guard isInside else { break }
                let covered = String(validating: bytes[range], as: UTF8.self)
                #expect(covered != nil, "seed \(seed), round \(round): \(text)")
                last = range.lowerBound
            }
        }
    }
}
