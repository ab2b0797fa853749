/// One line of a run file.
struct RunLine {
    var query: QueryID
    var document: ScoredDocument
    /// The tag of a six-column run.
    var tag: String?
    var line: Int
}

/// Reads the lines of a run file: TREC's six columns, or MS MARCO's three, told by the first line.
struct RunLines {
    private static let expected =
        "expected six columns (query Q0 document rank score tag) or MS MARCO's three (query document rank)"

    var columns: ColumnReader
    private var width = 0

    init(path: String) throws { columns = try ColumnReader(path: path) }

    /// The next right line; wrong ones are reported; nil at the end.
    mutating func next() throws -> RunLine? {
        while let (cells, line) = try columns.next(separator: ColumnReader.isBlank) {
            if width == 0 {
                guard cells.count == 6 || cells.count == 3 else {
                    try columns.check.report(line: line, "\(cells.count) columns", remedy: Self.expected)
                    throw columns.check.errors
                }
                width = cells.count
            }
            guard cells.count == width else {
                try columns.check.report(
                    line: line, "\(cells.count) columns where the first line has \(width)", remedy: Self.expected)
                continue
            }
            if let result = try width == 6 ? trec(cells, line) : msMarco(cells, line),
                try Identifiers.isUsable(result.query, noun: "query", line: line, check: &columns.check),
                try Identifiers.isUsable(result.document.id, noun: "document", line: line, check: &columns.check)
            {
                return result
            }
        }
        return nil
    }

    private mutating func trec(_ cells: [String], _ line: Int) throws -> RunLine? {
        guard let score = ColumnNumber.real(cells[4]) else {
            let remedy = "the fifth column must be a finite number: query Q0 document rank score tag"
            try columns.check.report(
                line: line, "the score \(JSONText.quoted(cells[4])) is not a finite number", remedy: remedy)
            return nil
        }
        guard Int(cells[3]) != nil else {
            let remedy = "the fourth column must be a whole number: query Q0 document rank score tag"
            try columns.check.report(
                line: line, "the rank \(JSONText.quoted(cells[3])) is not a whole number", remedy: remedy)
            return nil
        }
        return RunLine(query: cells[0], document: ScoredDocument(id: cells[2], score: score), tag: cells[5], line: line)
    }

    private mutating func msMarco(_ cells: [String], _ line: Int) throws -> RunLine? {
        guard let rank = Int(cells[2]), rank >= 1 else {
            let remedy =
                "three columns are query, document and rank from 1; scores need six: query Q0 document rank score tag"
            try columns.check.report(
                line: line, "the rank \(JSONText.quoted(cells[2])) is not a positive whole number", remedy: remedy)
            return nil
        }
        return RunLine(
            query: cells[0], document: ScoredDocument(id: cells[1], score: 1 / Double(rank)), tag: nil, line: line)
    }
}
