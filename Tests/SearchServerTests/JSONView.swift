import Foundation

/// Parsed JSON for tests.
///
/// `JSONSerialization` is not used: on Linux its numbers are off in the last digits.
@dynamicMemberLookup
enum JSONView: Decodable, Equatable {
    case none
    case truth(Bool)
    case number(Double)
    case string(String)
    case array([JSONView])
    case object([String: JSONView])

    init(parsing bytes: [UInt8]) throws { self = try JSONDecoder().decode(JSONView.self, from: Data(bytes)) }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .none
        } else if let truth = try? value.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let items = try? value.decode([JSONView].self) {
            self = .array(items)
        } else {
            self = .object(try value.decode([String: JSONView].self))
        }
    }

    subscript(dynamicMember key: String) -> JSONView { self[key] }

    subscript(key: String) -> JSONView {
        if case .object(let fields) = self { return fields[key] ?? .none }
        return .none
    }

    subscript(place: Int) -> JSONView { array.indices.contains(place) ? array[place] : .none }

    var array: [JSONView] {
        if case .array(let items) = self { return items }
        return []
    }

    var keys: Set<String> {
        if case .object(let fields) = self { return Set(fields.keys) }
        return []
    }

    var string: String? {
        if case .string(let string) = self { return string }
        return nil
    }

    var number: Double? {
        if case .number(let number) = self { return number }
        return nil
    }

    var truth: Bool? {
        if case .truth(let truth) = self { return truth }
        return nil
    }
}
