/// Makes training rows of JSON objects.
enum TrainingRowDecoder {
    /// Why an object is no training row.
    struct Fault: Error {
        var problem: String
    }

    /// How a right line looks.
    static let expected = #"""
        expected {"anchor": "…", "positive": "…", "negative": "…"} (or "negative_1", "negative_2", …), \#
        or {"query_id": "…", "positive_ids": ["…"], "negative_ids": ["…"]}
        """#

    /// The row of an object; throws a `Fault`.
    static func row(_ object: JSONLine) throws -> TrainingRow {
        let scores = try scores(object)
        if object["query_id"] != nil {
            let negatives = try list("negative_ids", object)
            return .ids(
                query: try string("query_id", object), positives: try list("positive_ids", object),
                negatives: negatives, scores: scores)
        }
        guard object["anchor"] != nil else { throw Fault(problem: #"missing field "anchor" or "query_id""#) }
        let negatives = object["negative"] == nil ? try numbered(object) : [try string("negative", object)]
        return .texts(
            anchor: try string("anchor", object), positive: try string("positive", object), negatives: negatives,
            scores: scores)
    }

    private static func numbered(_ object: JSONLine) throws -> [String] {
        let count = object.fields.count { $0.key.hasPrefix("negative_") }
        var texts: [String: String] = [:]
        for field in object.fields where field.key.hasPrefix("negative_") {
            guard case .string(let text) = field.value else {
                throw Fault(problem: "field \(JSONText.quoted(field.key)) is \(field.value.kind), not a string")
            }
            texts[field.key] = text
        }
        return try (0..<count).map { place in
            guard let text = texts["negative_\(place + 1)"] else {
                throw Fault(problem: "missing field \"negative_\(place + 1)\"")
            }
            return text
        }
    }

    private static func scores(_ object: JSONLine) throws -> [Double]? {
        if let value = object["scores"] {
            guard let numbers = object.numbers("scores") else {
                throw Fault(problem: "field \"scores\" is \(value.kind), not an array of numbers")
            }
            return numbers
        }
        guard let value = object["score"] else { return nil }
        guard let number = object.number("score") else {
            throw Fault(problem: "field \"score\" is \(value.kind), not a number")
        }
        return [number]
    }

    private static func string(_ key: String, _ object: JSONLine) throws -> String {
        switch object[key] {
        case .string(let text): return text
        case .integer(let number) where key == "query_id": return String(number)
        case .some(let value): throw Fault(problem: "field \"\(key)\" is \(value.kind), not a string")
        case nil: throw Fault(problem: "missing field \"\(key)\"")
        }
    }

    private static func list(_ key: String, _ object: JSONLine) throws -> [String] {
        switch object[key] {
        case .strings(let texts): return texts
        case .some(let value): throw Fault(problem: "field \"\(key)\" is \(value.kind), not an array of strings")
        case nil: throw Fault(problem: "missing field \"\(key)\"")
        }
    }
}
