/// Makes training rows of JSON objects.
enum TrainingRowDecoder {
    /// Why an object is no training row.
    struct Fault: Error {
        var problem: String
    }

    /// How a right line looks.
    static let expected = #"""
        expected {"anchor": "…", "positive": "…", "negative": "…"} (or "negative_1", "negative_2", …), \#
        {"query_id": "…", "positive_ids": ["…"], "negative_ids": ["…"]}, \#
        {"anchor": "…", "passages": ["…"], "labels": [1, 0]} or {"query": "…", "pos": ["…"], "neg": ["…"]}
        """#

    /// Fields that only a format has which is written and not read, with the name of the format.
    private static let unread = [
        ("positive_passages", "Tevatron's"), ("positive_ctxs", "DPR's"), ("passage", "labeled pairs"),
    ]

    /// The row of an object; throws a `Fault`.
    static func row(_ object: JSONLine) throws -> TrainingRow {
        for (key, name) in unread where object[key] != nil {
            throw Fault(problem: "field \"\(key)\" belongs to a format that is not read here (\(name))")
        }
        if object["passages"] != nil { return try labeledList(object) }
        if object["pos"] != nil || object["neg"] != nil { return try flagEmbedding(object) }
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

    /// `{"anchor", "passages", "labels"}`: passages with a label above 0 are relevant; scores stand in the order of the passages.
    private static func labeledList(_ object: JSONLine) throws -> TrainingRow {
        let passages = try list("passages", object)
        guard let labels = object.numbers("labels"), labels.count == passages.count else {
            throw Fault(
                problem: "field \"labels\" is not an array with a number for each of \(passages.count) passages")
        }
        let scores = try scores(object)
        let order = labels.indices.filter { labels[$0] > 0 } + labels.indices.filter { !(labels[$0] > 0) }
        let count = labels.count { $0 > 0 }
        return .list(
            anchor: try string("anchor", object), positives: order.prefix(count).map { passages[$0] },
            negatives: order.dropFirst(count).map { passages[$0] },
            scores: scores.map { scores in scores.count == order.count ? order.map { scores[$0] } : scores })
    }

    /// FlagEmbedding's `{"query", "pos", "neg"}`, with `pos_scores` and `neg_scores` where it has them.
    private static func flagEmbedding(_ object: JSONLine) throws -> TrainingRow {
        func numbers(_ key: String) throws -> [Double]? {
            guard let value = object[key], value != .null else { return nil }
            guard let numbers = object.numbers(key) else {
                throw Fault(problem: "field \"\(key)\" is \(value.kind), not an array of numbers")
            }
            return numbers
        }
        let (relevant, others) = (try numbers("pos_scores"), try numbers("neg_scores"))
        return .list(
            anchor: try string("query", object), positives: try list("pos", object), negatives: try list("neg", object),
            scores: relevant.flatMap { relevant in others.map { relevant + $0 } })
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
