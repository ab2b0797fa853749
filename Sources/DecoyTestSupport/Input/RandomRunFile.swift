/// Run files with everything that a file may hold: odd numbers, blanks, line ends and ids, lines in any order.
public enum RandomRunFile {
    /// How the lines of a file stand.
    public enum Order: CaseIterable, Sendable {
        /// Each query's lines together, best first.
        case ranked
        /// Each query's lines together, in any order.
        case together
        /// All lines in any order.
        case apart
    }

    /// The ids that queries and documents are drawn from; some are canonically equivalent.
    public static let ids =
        (0..<40).map { "d\($0)" }
        + ["a", "b", "aa", "ab", "document-with-a-long-name-1", "document-with-a-long-name-2", "12345678", "123456789"]
        + ["é", "e\u{301}", "ä1", "K", "\u{212A}", "\u{AC00}", "\u{1100}\u{1161}", "漢字", "😀", "x\u{FEFF}"]

    /// Numbers that are written in odd ways, all finite.
    public static let scores = [
        "0", "-0", "-0.0", "0.0", "1", "1.0", "+1", "1.", ".5", "1e-3", "1E3", "1e+02", "-2.5", "5e-324", "2e-400",
        "1.7976931348623157e308", "0.30000000000000004", "0.1", "1234567890123456789012345",
        "0.1234567890123456789012345",
        "9007199254740993", "9007199254740993.0", "0x1p3", "123456789.123456789e-9", "00000000000000000000001.5",
        "0.000000000000000000001", "1e22", "1e23", "12345678901234567.8", "18446744073709551616",
    ]

    /// A file, and with `faults` one in which about a line in twenty is wrong.
    public static func bytes(
        _ order: Order, columns: Int = 6, faults: Bool = false, using generator: inout SeededGenerator
    ) -> [UInt8] {
        var groups: [[[String]]] = []
        let queries = ids.shuffled(using: &generator).prefix(Int.random(in: 1...8, using: &generator))
        for query in distinct(queries) {
            let count = Int.random(in: 1...30, using: &generator)
            let documents = distinct(ids.shuffled(using: &generator).prefix(count))
            var rows = documents.enumerated().map { rank, id in
                columns == 3
                    ? [query, id, "\(rank + 1)"]
                    : [query, "Q0", id, "\(rank + 1)", score(using: &generator), "tag"]
            }
            if order == .ranked, columns == 6 { rows.sort { (Double($0[4]) ?? 0) > (Double($1[4]) ?? 0) } }
            groups.append(order == .ranked ? rows : rows.shuffled(using: &generator))
        }
        var rows = groups.flatMap { $0 }
        if order == .apart { rows.shuffle(using: &generator) }
        if faults { for place in rows.indices { spoil(&rows, place, using: &generator) } }
        let separator = Bool.random(using: &generator) ? " " : "\t"
        let end = Bool.random(using: &generator) ? "\n" : "\r\n"
        var text = rows.map { row in
            let blank = Int.random(in: 0..<20, using: &generator) == 0 ? " \t " : separator
            return row.joined(separator: blank) + (blank == separator ? "" : " ") + end
        }
        if Bool.random(using: &generator) { text.insert(" " + end, at: text.count / 2) }
        var bytes = Array(text.joined().utf8)
        if Bool.random(using: &generator) { bytes.removeLast(end.utf8.count) }
        if faults, Int.random(in: 0..<4, using: &generator) == 0 {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            bytes[place] = [0, 0xFF, 0xC3, 11, 0x7F].randomElement(using: &generator) ?? 0
        }
        return bytes
    }

    /// The first of equivalent ids each.
    private static func distinct(_ ids: some Sequence<String>) -> [String] {
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }
    }

    private static func score(using generator: inout SeededGenerator) -> String {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: scores.randomElement(using: &generator) ?? "0"
        case 1: "\(Int.random(in: 0..<4, using: &generator))"
        case 2: "\(Float.random(in: 0..<1, using: &generator))"
        default: "\(Double.random(in: -1..<30, using: &generator))"
        }
    }

    private static func spoil(_ rows: inout [[String]], _ place: Int, using generator: inout SeededGenerator) {
        guard Int.random(in: 0..<20, using: &generator) == 0 else { return }
        let number = rows[place].count - (rows[place].count == 6 ? 2 : 1)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: rows[place].removeLast()
        case 1: rows[place].append("more")
        case 2:
            let wrong = ["nan", "inf", "1e999", "-1e999", "word", "1.5.2", "-", "1e", "--1", "1,5"]
            rows[place][number] = wrong.randomElement(using: &generator) ?? "nan"
        case 3: rows[place][0] = "q\u{A0}"
        case 4: rows[place] = rows.randomElement(using: &generator) ?? []
        default: rows[place][rows[place].count == 6 ? 3 : 2] = "99999999999999999999"
        }
    }
}
