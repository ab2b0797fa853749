import RetrievalData

/// The tables of a mining report that is known only as JSON: rejections by reason, and every other figure.
struct MiningTables {
    private let mining: JSONTree

    init(_ mining: JSONTree) { self.mining = mining }

    /// The reasons under `rejected`, most frequent first; nil where there is no such object.
    var rejections: ResultTable? {
        guard case .object(let counts)? = mining["rejected"] else { return nil }
        let numbers = counts.compactMap { key, value -> (String, Int)? in
            if case .integer(let count) = value { (key, count) } else { nil }
        }
        let rows = numbers.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        return ResultTable(
            columns: [.init("rejected because", .left), .init("candidates")],
            rows: rows.map { [Self.words($0.0), "\($0.1)"] })
    }

    /// All other figures, objects as paths, in the order of their keys.
    var figures: ResultTable {
        var table = ResultTable(columns: [.init("figure", .left), .init("value")])
        Self.flatten(mining, path: "") { table.append([$0, $1]) }
        return table
    }

    private static func flatten(_ value: JSONTree, path: String, row: (String, String) -> Void) {
        // Lists of objects have tables and charts of their own.
        if case .array(let values) = value, values.contains(where: { if case .object = $0 { true } else { false } }) {
            return
        }
        guard case .object(let members) = value else {
            if let text = text(value) { row(path, text) }
            return
        }
        for (key, member) in members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            if path.isEmpty && key == "rejected" || key.hasSuffix("Histogram") { continue }
            flatten(member, path: path.isEmpty ? words(key) : path + ": " + words(key), row: row)
        }
    }

    private static func text(_ value: JSONTree) -> String? {
        switch value {
        case .null, .object: nil
        case .boolean(let flag): flag ? "yes" : "no"
        case .integer(let number): "\(number)"
        case .unsigned(let number): "\(number)"
        case .number(let number): NumberText.fixed(number)
        case .string(let string): string
        case .array(let values): values.compactMap(text).joined(separator: ", ")
        }
    }

    /// `queriesWithoutPositives` as "queries without positives".
    static func words(_ key: String) -> String {
        var words = ""
        for character in key {
            if character.isUppercase && words.last?.isLowercase == true { words += " " }
            words += character.lowercased()
        }
        return words
    }
}
