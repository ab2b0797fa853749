import Foundation

/// A JSON value that tests look into; what is absent gives nil.
struct JSONNode {
    private let value: Any?

    init(_ text: String) throws {
        value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }

    init(file: String) throws {
        try self.init(String(contentsOfFile: file, encoding: .utf8))
    }

    private init(value: Any?) { self.value = value }

    /// One value for each line.
    static func lines(_ text: String) throws -> [JSONNode] {
        try text.split(separator: "\n").map { try JSONNode(String($0)) }
    }

    subscript(key: String) -> JSONNode { JSONNode(value: (value as? [String: Any])?[key]) }
    subscript(place: Int) -> JSONNode { JSONNode(value: items.indices.contains(place) ? items[place].value : nil) }

    var items: [JSONNode] { (value as? [Any])?.map { JSONNode(value: $0) } ?? [] }
    var keys: Set<String> { Set((value as? [String: Any])?.keys.map { $0 } ?? []) }
    var text: String? { value as? String }
    var number: Double? { (value as? NSNumber)?.doubleValue }

    /// The value as sorted JSON without some keys of its top.
    func canonical(without keys: Set<String> = []) throws -> String {
        let kept = (value as? [String: Any])?.filter { !keys.contains($0.key) } ?? [:]
        let data = try JSONSerialization.data(withJSONObject: kept, options: [.sortedKeys, .prettyPrinted])
        return String(decoding: data, as: UTF8.self)
    }
}
