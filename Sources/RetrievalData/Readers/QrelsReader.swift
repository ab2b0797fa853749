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
        var last = LastQuery()
        while let line = try lines.nextLine() {
            guard let judgement = try plain(line, width) ?? checked(line, &width, &lines) else { continue }
            let query = last.place(of: judgement.query, in: &qrels)
            if qrels.judge(query, document: judgement.document, grade: judgement.grade) != nil {
                let (query, document) = (judgement.query, judgement.document)
                let names = [query, document].map { JSONText.quoted(String(decoding: $0, as: UTF8.self)) }
                try lines.check.report(
                    line: line.number, "query \(names[0]) and document \(names[1]) are judged twice",
                    remedy: "remove one of the two lines")
            }
        }
        if qrels.count == 0, lines.check.isClean {
            try lines.check.report(line: nil, "there are no judgements", remedy: expected)
        }
        try lines.check.finish()
        return qrels
    }

    /// One line; its bytes are valid until the next one is read.
    private struct JudgementLine {
        var query: UnsafeBufferPointer<UInt8>
        var document: UnsafeBufferPointer<UInt8>
        var grade: Int
    }

    /// The query of the last line, so that the lines of a query find its place without a look-up.
    private struct LastQuery {
        private var bytes: [UInt8] = []
        private var place = 0

        @inline(__always)
        mutating func place(of query: UnsafeBufferPointer<UInt8>, in qrels: inout Qrels) -> Int {
            if bytes.withUnsafeBufferPointer({ IdentifierBytes.compare($0, query) }) == 0 { return place }
            bytes = Array(query)
            place = qrels.insert(query: String(decoding: query, as: UTF8.self))
            return place
        }
    }

    /// A line of printable ASCII with an ordinary grade, read as bytes; nil for any other.
    @inline(__always)
    private static func plain(_ line: LineReader.Line, _ width: Int) -> JudgementLine? {
        guard width > 0, var cursor = ColumnCursor(line.bytes) else { return nil }
        let query = cursor.next()
        if width == 4 { _ = cursor.next() }
        let document = cursor.next()
        let grade = cursor.next()
        guard grade.count > 0, cursor.next().count == 0, cursor.isPlain, let grade = DecimalText.integer(grade)
        else { return nil }
        return JudgementLine(query: query, document: document, grade: grade)
    }

    /// Checks a line as text; nil where it is blank, the header, or wrong, which is reported.
    private static func checked(
        _ line: LineReader.Line, _ width: inout Int, _ lines: inout ColumnReader
    ) throws -> JudgementLine? {
        guard let cells = try lines.cells(of: line, separator: ColumnReader.isBlank) else { return nil }
        let number = line.number
        if width == 0 {
            if cells == ["query-id", "corpus-id", "score"] {
                width = 3
                return nil
            }
            guard cells.count == 4 else {
                let problem =
                    switch cells.count {
                    case 3: "missing or wrong header line"
                    case 6 where cells[1] == "Q0": "a line of a run, and judgements are needed here"
                    default: "\(cells.count) columns"
                    }
                try lines.check.report(line: number, problem, remedy: expected)
                throw lines.check.errors
            }
            width = 4
        }
        guard cells.count == width else {
            let remedy = width == 3 ? "expected query-id<TAB>corpus-id<TAB>score" : "expected query 0 document grade"
            try lines.check.report(line: number, "\(cells.count) columns", remedy: remedy)
            return nil
        }
        guard let grade = Int(cells[width - 1]) else {
            let problem = "the grade \(JSONText.quoted(cells[width - 1])) is not a whole number"
            try lines.check.report(
                line: number, problem, remedy: width == 4 && number == 1 ? expected : "write 0, 1, 2, …")
            return nil
        }
        guard
            try Identifiers.isUsable(cells[0], noun: "query", line: number, check: &lines.check),
            try Identifiers.isUsable(cells[width - 2], noun: "document", line: number, check: &lines.check)
        else { return nil }
        let parts = line.bytes.split(whereSeparator: ColumnReader.isBlank)
        return JudgementLine(
            query: UnsafeBufferPointer(rebasing: parts[0]), document: UnsafeBufferPointer(rebasing: parts[width - 2]),
            grade: grade)
    }
}
