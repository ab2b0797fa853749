/// Documents and queries as JSON Lines.
enum JSONRecords {
    /// What the fields of a record are called, best name first, and how a right line looks.
    struct Shape {
        let idKeys: [String]
        let textKeys: [String]
        let titleKey: String?
        let expected: String

        /// BEIR's names, then Anserini's and Tevatron's.
        static let document = Shape(
            idKeys: ["_id", "id", "docid", "doc_id"], textKeys: ["text", "contents", "document_text"],
            titleKey: "title",
            expected: #"expected {"_id": "…", "title": "…", "text": "…"}"#)
        static let query = Shape(
            idKeys: ["_id", "id", "query_id", "qid"], textKeys: ["text", "query", "contents"], titleKey: nil,
            expected: #"expected {"_id": "…", "text": "…"}"#)
    }

    /// One record before it is a document or a query.
    struct Record {
        var id: String
        var title: String
        var text: String
        var metadata: String?
    }

    /// Reads documents until the input ends.
    static func readDocuments(_ reader: LineReader, into sink: inout DocumentSink) throws {
        let parser = JSONLineParser()
        while let line = try sink.check.joining(reader.next) {
            if let record = try record(line, shape: .document, parser: parser, check: &sink.check) {
                let document = Document(
                    id: record.id, title: record.title, text: record.text, metadata: record.metadata)
                try sink.add(document, line: line.number)
            }
        }
    }

    /// The record of a line; nil where the line is blank or, reported, wrong.
    static func record(
        _ line: LineReader.Line, shape: Shape, parser: JSONLineParser, check: inout InputCheck
    ) throws -> Record? {
        guard let object = try object(line, expected: shape.expected, parser: parser, check: &check) else { return nil }
        do {
            return try record(of: object, shape: shape)
        } catch let fault as Fault {
            try check.report(line: line.number, fault.problem, remedy: shape.expected)
            return nil
        }
    }

    /// The object of a line; nil where the line is blank or, reported, no object.
    static func object(
        _ line: LineReader.Line, expected: String, parser: JSONLineParser, check: inout InputCheck
    ) throws -> JSONLine? {
        guard !line.isBlank, try check.accepts(line) else { return nil }
        do {
            return try parser.parse(line.bytes)
        } catch JSONLine.Problem.invalidUTF8 {
            try check.reportBadUTF8(line: line.number)
        } catch let problem as JSONLine.Problem {
            if line.number == 1, line.bytes.first == UInt8(ascii: "["), problem != .notAnObject {
                let remedy = "write one JSON object a line, not one array (jq -c '.[]' does it)"
                try check.report(line: line.number, problem.description, remedy: remedy)
                throw check.errors
            }
            try check.report(line: line.number, problem.description, remedy: expected)
        }
        return nil
    }

    private struct Fault: Error { let problem: String }

    private static func record(of object: JSONLine, shape: Shape) throws -> Record {
        let fields = object.fields
        guard let idPlace = try place(ofFirst: shape.idKeys, fields) else {
            throw Fault(problem: "missing field \"\(shape.idKeys[0])\"")
        }
        let id: String
        switch fields[idPlace].value {
        case .string(let text): id = text
        case .integer(let number): id = String(number)
        case .raw(let digits) where digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }): id = digits
        default:
            let (key, value) = fields[idPlace]
            throw Fault(problem: "field \"\(key)\" is \(value.kind), not a string or whole number")
        }
        guard let textPlace = try place(ofFirst: shape.textKeys, fields) else {
            throw Fault(problem: "missing field \"\(shape.textKeys[0])\"")
        }
        let body = try text(fields[textPlace])
        var titlePlace: Int?
        var title = ""
        if let key = shape.titleKey {
            titlePlace = try place(of: key, fields)
            if let place = titlePlace, fields[place].value != .null { title = try text(fields[place]) }
        }
        return Record(
            id: id, title: title, text: body,
            metadata: metadata(fields, without: (idPlace, textPlace, titlePlace ?? idPlace)))
    }

    private static func place(ofFirst keys: [String], _ fields: [JSONLine.Field]) throws -> Int? {
        for key in keys {
            if let place = try place(of: key, fields) { return place }
        }
        return nil
    }

    private static func place(of key: String, _ fields: [JSONLine.Field]) throws -> Int? {
        var found: Int?
        for place in fields.indices where fields[place].key == key {
            if found != nil { throw Fault(problem: JSONLine.Problem.duplicateKey(key).description) }
            found = place
        }
        return found
    }

    private static func text(_ field: JSONLine.Field) throws -> String {
        if case .string(let text) = field.value { return text }
        throw Fault(problem: "field \"\(field.key)\" is \(field.value.kind), not a string")
    }

    /// The fields that are neither id nor title nor text, as one JSON object; nil where they say nothing.
    private static func metadata(_ fields: [JSONLine.Field], without used: (Int, Int, Int)) -> String? {
        var text = ""
        for (place, field) in fields.enumerated() where place != used.0 && place != used.1 && place != used.2 {
            if field.key == "metadata", field.value == .raw("{}") || field.value == .null { continue }
            text += text.isEmpty ? "{" : ", "
            text += JSONText.quoted(field.key) + ": " + field.value.json
        }
        return text.isEmpty ? nil : text + "}"
    }
}
