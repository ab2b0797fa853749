/// Reads relevance judgements.
public enum QrelsReader {
    private static let expected = """
        expected the header line query-id<TAB>corpus-id<TAB>score before three columns, \
        or TREC's four columns: query 0 document grade
        """

    /// Reads BEIR qrels (three columns under a header line) or TREC and MS MARCO qrels (four columns), told by the
    /// first line.
    ///
    /// Everything wrong, also a pair of query and document that is judged twice, is collected and thrown as
    /// `InputErrors`.
    public static func read(_ path: String) throws -> Qrels {
        var lines = try ColumnReader(path: path)
        var qrels = Qrels()
        var width = 0
        while let (cells, line) = try lines.next(separator: ColumnReader.isBlank) {
            if width == 0 {
                if cells == ["query-id", "corpus-id", "score"] {
                    width = 3
                    continue
                }
                guard cells.count == 4 else {
                    let problem = cells.count == 3 ? "missing or wrong header line" : "\(cells.count) columns"
                    try lines.check.report(line: line, problem, remedy: expected)
                    throw lines.check.errors
                }
                width = 4
            }
            guard cells.count == width else {
                let remedy =
                    width == 3 ? "expected query-id<TAB>corpus-id<TAB>score" : "expected query 0 document grade"
                try lines.check.report(line: line, "\(cells.count) columns", remedy: remedy)
                continue
            }
            guard let grade = Int(cells[width - 1]) else {
                let problem = "the grade \(JSONText.quoted(cells[width - 1])) is not a whole number"
                try lines.check.report(
                    line: line, problem, remedy: width == 4 && line == 1 ? expected : "write 0, 1, 2, …")
                continue
            }
            let document = cells[width - 2]
            guard
                try Identifiers.isUsable(cells[0], noun: "query", line: line, check: &lines.check),
                try Identifiers.isUsable(document, noun: "document", line: line, check: &lines.check)
            else { continue }
            if qrels.judge(query: cells[0], document: document, grade: grade) != nil {
                let problem =
                    "query \(JSONText.quoted(cells[0])) and document \(JSONText.quoted(document)) are judged twice"
                try lines.check.report(line: line, problem, remedy: "remove one of the two lines")
            }
        }
        if qrels.count == 0, lines.check.isClean {
            try lines.check.report(line: nil, "there are no judgements", remedy: expected)
        }
        try lines.check.finish()
        return qrels
    }
}
