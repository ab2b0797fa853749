import DurableStorage
import RetrievalData

@testable import LexicalSearch

/// An index in memory of two segments, with deletions, metadata and lists of several blocks.
enum SmallIndex: Int, CaseIterable {
    /// One field, no positions.
    case plain
    /// One field with positions.
    case positions
    /// Three fields with positions.
    case fields

    /// Writes the index: `first` documents, then `second` further ones of which ten replace earlier ones.
    func write(first: Int = 600, second: Int = 210) throws -> InMemoryDirectory {
        let directory = InMemoryDirectory()
        let weights = try self == .fields ? FieldWeights(parsing: "title=2.5,text,tags=0.5") : nil
        let options = IndexOptions(positions: self != .plain, fields: weights)
        let writer = try IndexWriter(directory: directory, options: options)
        try writer.add(Self.documents(0..<first))
        _ = try writer.commit()
        let change = try IndexWriter(opening: directory, change: .update)
        try change.add(Self.documents(first - 10..<first - 10 + second))
        _ = try change.delete((0..<20).map { "d\($0 * 7)" })
        _ = try change.commit()
        return directory
    }

    /// A reader of the index.
    static func reader(_ kind: SmallIndex) -> IndexReader {
        do {
            return try IndexReader(directory: kind.write())
        } catch {
            fatalError("no index to begin with: \(error)")
        }
    }

    /// Texts in which word n stands in every (n + 1)-th document.
    static func documents(_ numbers: Range<Int>) -> [Document] {
        let words = [
            "the river", "bank", "interest rate", "café", "running", "x-ray 2020", "東京", "naïve Bayes", "don't",
            "a.b.c",
            "🍎 apple", "Straße", "قلب",
        ]
        return numbers.map { number in
            let text = words.enumerated().filter { number % ($0.offset + 1) == 0 }
                .map { String(repeating: $0.element + " ", count: 1 + number % (3 + $0.offset) / 2) }.joined()
            return Document(
                id: "d\(number)", title: number % 5 == 0 ? "bank \(number)" : "", text: text,
                metadata: Metadata.json(of: number))
        }
    }
}

/// The metadata of a document of a `SmallIndex`, as JSON and as a list to compare with.
enum Metadata {
    /// One value of a key.
    enum Value {
        case boolean(Bool)
        case number(Double)
        case string(String)

        var json: String {
            switch self {
            case .boolean(let truth): "\(truth)"
            case .number(let number): number == number.rounded() && number < 1e15 ? "\(Int(number))" : "\(number)"
            case .string(let text): JSONText.quoted(text)
            }
        }
    }

    private static let languages = ["de", "en", "fr", "Fr", "ü", "u\u{308}", ""]
    private static let mixed: [Value] = [
        .number(2020), .string("2020"), .string("2e3"), .boolean(true), .string("true"), .string("x y"),
        .number(-0.5), .string("it's \"so\" \\ \n"), .number(1e300), .string("-7"), .boolean(false),
    ]

    /// The values of each key of document `number`; a key has several where they stand in an array.
    static func values(of number: Int) -> [(key: String, values: [Value])] {
        if number % 4 == 3 { return [] }
        var fields: [(String, [Value])] = [
            ("year", [.number(Double(2000 + number % 23))]), ("n", [.number(Double(number))]),
        ]
        fields.append(("lang", [.string(languages[number % languages.count])]))
        if number % 3 == 0 { fields.append(("tags", [.string("bank"), .string("tag \(number % 11)")])) }
        if number % 2 == 0 { fields.append(("open", [.boolean(number % 5 == 0)])) }
        if number % 5 == 0 { fields.append(("mixed", [mixed[number / 5 % mixed.count], mixed[number % mixed.count]])) }
        if number % 6 == 0 { fields.append(("a.b", [.string("v\(number % 50)")])) }
        if number % 50 == 0 {
            fields.append(("long", [.string(String(repeating: "é", count: 150)), .string("short")]))
        }
        return fields
    }

    /// The same as a JSON object; nil where there are none.
    static func json(of number: Int) -> String? {
        let values = values(of: number)
        if values.isEmpty { return nil }
        let fields = values.map { field in
            let value =
                field.values.count == 1
                ? field.values[0].json : "[" + field.values.map(\.json).joined(separator: ", ") + "]"
            return field.key == "a.b" ? #""a": {"b": \#(value)}"# : "\"\(field.key)\": \(value)"
        }
        return "{" + fields.joined(separator: ", ") + "}"
    }
}
