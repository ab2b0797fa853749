/// Reads the answers of queries: strings that a document holds only if it answers the query.
public enum AnswerReader {
    private static let expected = #"expected {"query_id": "…", "answers": ["…", "…"]}"#

    /// Reads JSON lines of a query id and its answers, plain, `.gz` or `.zst`; `-` is standard input.
    ///
    /// Everything wrong, also a query that stands twice, is collected and thrown as `InputErrors`.
    public static func read(_ path: String) throws -> [QueryID: [String]] {
        let reader = try LineReader(path: path)
        let parser = JSONLineParser()
        var check = InputCheck(source: reader.name)
        var answers: [QueryID: [String]] = [:]
        while let line = try check.joining(reader.next) {
            guard let object = try JSONRecords.object(line, expected: expected, parser: parser, check: &check) else {
                continue
            }
            let query: QueryID
            switch object["query_id"] {
            case .string(let text): query = text
            case .integer(let number): query = String(number)
            case let other:
                let problem = other.map { "field \"query_id\" is \($0.kind), not a string" }
                try check.report(
                    line: line.number, problem ?? "missing field \"query_id\"", remedy: expected)
                continue
            }
            guard try Identifiers.isUsable(query, noun: "query", line: line.number, check: &check) else { continue }
            guard let texts = object.strings("answers") else {
                let problem = object["answers"].map { "field \"answers\" is \($0.kind), not an array of strings" }
                try check.report(line: line.number, problem ?? "missing field \"answers\"", remedy: expected)
                continue
            }
            if answers.updateValue(texts, forKey: query) != nil {
                try check.report(
                    line: line.number, "query \(JSONText.quoted(query)) has answers twice",
                    remedy: "put all its answers on one line")
            }
        }
        if answers.isEmpty, check.isClean {
            try check.report(line: nil, "there are no answers", remedy: expected + " a line")
        }
        try check.finish()
        return answers
    }
}
