import Foundation

/// Parsed JSON for tests.
@dynamicMemberLookup
struct JSONView {
    let value: Any?

    init(_ value: Any?) { self.value = value }

    init(parsing bytes: [UInt8]) throws { value = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) }

    subscript(dynamicMember key: String) -> JSONView { self[key] }
    subscript(key: String) -> JSONView { JSONView((value as? [String: Any])?[key]) }
    subscript(place: Int) -> JSONView {
        let items = array
        return items.indices.contains(place) ? items[place] : JSONView(nil)
    }

    var array: [JSONView] { (value as? [Any])?.map { JSONView($0) } ?? [] }
    var keys: Set<String> { Set((value as? [String: Any])?.keys.map { $0 } ?? []) }
    var text: String? { value as? String }
    var number: Double? { (value as? NSNumber)?.doubleValue }
    var truth: Bool? { value as? Bool }
}
