import DecoyTestSupport
import Testing

@testable import LexicalSearch

@Suite("The language of filters")
struct FilterSyntaxTests {
    @Test(
        "And binds tighter than or; not binds tightest; keywords may be in either case.",
        arguments: [
            ("a = 1 or b = 2 and c = 3", "a = 1 or b = 2 and c = 3"),
            ("NOT a = 1 AND b = 2", "not a = 1 and b = 2"),
            ("not not a = 1", "not not a = 1"),
            ("(a = 1 or b = 2) and (c=3 and d=4)", "(a = 1 or b = 2) and c = 3 and d = 4"),
            ("a Exists or exists b", "exists a or exists b"),
            ("year>=2020and", "year >= 2020and"),
            ("a In(1,'1',x)", "a in (1, '1', x)"),
            ("a=-0 or a=1.50 or a=1e3", "a = 0 or a = 1.5 or a = 1000"),
            ("a = 007 or a = +1 or a = .5", "a = 007 or a = +1 or a = .5"),
            ("'and' = \"or\"", "'and' = 'or'"),
            ("a = 'it\\'s' or a = \"\\\\\"", "a = 'it\\'s' or a = \\"),
            ("a=TRUE", "a = true"), ("a = 'true'", "a = 'true'"), ("url = http://x.y/z?q#f", "url = http://x.y/z?q#f"),
        ])
    func structure(text: String, canonical: String) throws {
        let filter = try MetadataFilter(text)
        #expect(filter.description == canonical)
        #expect(try MetadataFilter(canonical) == filter)
    }

    @Test(
        "A fault names its column and what was expected there.",
        arguments: [
            ("", 1, "a key"), ("year >=", 8, "a value"), ("year >= and", 9, "keyword"),
            ("year 2020", 6, "after the key"),
            ("(a = 1", 7, "')'"), ("a = 1)", 6, "the end"), ("a = 1 b = 2", 7, "'and'"), ("a in 1", 6, "'('"),
            ("a in ()", 7, "a value"), ("a in (1 2)", 9, "',' or ')'"), ("a ! 1", 3, "'=' after"),
            ("a = 'x", 5, "ends the string"),
            ("a = 'x\\q'", 8, "after '\\'"), ("and = 1", 1, "keyword"), ("a < true", 5, "no order"),
            ("a == 1", 4, "a value"),
            ("exists", 7, "a key"), ("not", 4, "a key"), ("a = 1e999", 5, "range"), ("\u{1}", 1, "a key"),
            ("a = 1 and", 10, "a key"),
        ])
    func faults(text: String, column: Int, expected: String) {
        do {
            let filter = try MetadataFilter(text)
            Issue.record("'\(text)' was taken for \(filter)")
        } catch FilterError.syntax(_, let found, let wanted, _) {
            #expect(found == column, "'\(text)'")
            #expect(wanted.contains(expected), "'\(text)': \(wanted)")
        } catch { Issue.record("\(error)") }
    }

    @Test("Nesting has a limit, length has none, and too long keys and values are refused.")
    func limits() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a = 1" + String(repeating: ")", count: depth)
        }
        _ = try MetadataFilter(nested(63))
        #expect(throws: FilterError.self) { try MetadataFilter(nested(64)) }
        #expect(throws: FilterError.self) { try MetadataFilter(nested(100_000)) }
        #expect(throws: FilterError.self) { try MetadataFilter(String(repeating: "not ", count: 100_000) + "a = 1") }
        let long = (0..<2000).map { "k = \($0)" }.joined(separator: " or ")
        #expect(try MetadataFilter(long).keys == ["k"])
        _ = try MetadataFilter("a = '\(String(repeating: "x", count: 255))'")
        #expect(throws: FilterError.self) { try MetadataFilter("a = '\(String(repeating: "x", count: 256))'") }
        #expect(throws: FilterError.self) { try MetadataFilter(String(repeating: "x", count: 256) + " = 1") }
    }

    @Test("Any text gives a filter that is spelled by its description, or an error, and never a trap.")
    func fuzz() {
        let pieces = [
            "a", "year", "and", "OR", "not", "in", "exists", "true", "(", ")", ",", "=", "!=", "<", "<=", ">", ">=",
            "!",
            "'", "\"", "\\", " ", "\t", "\n", "2020", "-", "1e5", "1e400", "é", "\u{301}", "😀", "\0", "'x'", "\"y z\"",
            ".",
        ]
        var parsed = 0
        for seed in 1...4000 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined(separator: Bool.random(using: &random) ? " " : "")
            do {
                let filter = try MetadataFilter(text)
                parsed += 1
                #expect(try MetadataFilter(filter.description) == filter, "seed \(seed): \(text)")
            } catch { #expect(!"\(error)".isEmpty) }
        }
        #expect(parsed > 30, "\(parsed)")
    }
}
