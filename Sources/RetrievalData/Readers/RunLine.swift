/// One line of a run file; its bytes are valid until the next one is read.
struct RunLine {
    var query: UnsafeBufferPointer<UInt8>
    var document: UnsafeBufferPointer<UInt8>
    var score: Double
    var line: Int
}

/// Reads the lines of a run file: TREC's six columns, or MS MARCO's three, told by the first line.
///
/// A line of printable ASCII with ordinary numbers is read as bytes. Any other goes through the checks of text, which
/// accept it or report what is wrong with it.
struct RunLines {
    private static let expected =
        "expected six columns (query Q0 document rank score tag) or MS MARCO's three (query document rank)"

    var columns: ColumnReader
    /// The tag of the first line; nil where there are no tags.
    private(set) var tag: String?
    /// The number of columns; 0 before the first line.
    private(set) var width = 0

    init(path: String, part: Range<Int>? = nil) throws { columns = try ColumnReader(path: path, part: part) }

    /// The next right line; wrong ones are reported; nil at the end.
    mutating func next() throws -> RunLine? {
        while let line = try columns.nextLine() {
            if let result = width == 6 ? plainTREC(line) : width == 3 ? plainMSMarco(line) : nil { return result }
            if let result = try checked(line) { return result }
        }
        return nil
    }

    @inline(__always)
    private func plainTREC(_ line: LineReader.Line) -> RunLine? {
        guard var cursor = ColumnCursor(line.bytes) else { return nil }
        let query = cursor.next()
        _ = cursor.next()
        let document = cursor.next()
        let rank = cursor.next()
        let score = cursor.next()
        guard cursor.next().count > 0, cursor.next().count == 0, cursor.isPlain, DecimalText.integer(rank) != nil,
            let score = DecimalText.double(score), score.isFinite
        else { return nil }
        return RunLine(query: query, document: document, score: score, line: line.number)
    }

    private func plainMSMarco(_ line: LineReader.Line) -> RunLine? {
        guard var cursor = ColumnCursor(line.bytes) else { return nil }
        let query = cursor.next()
        let document = cursor.next()
        let rank = cursor.next()
        guard rank.count > 0, cursor.next().count == 0, cursor.isPlain, let rank = DecimalText.integer(rank), rank >= 1
        else { return nil }
        return RunLine(query: query, document: document, score: 1 / Double(rank), line: line.number)
    }

    /// Checks a line as text; nil where it is blank or wrong, which is reported.
    private mutating func checked(_ line: LineReader.Line) throws -> RunLine? {
        guard let cells = try columns.cells(of: line, separator: ColumnReader.isBlank) else { return nil }
        let number = line.number
        if width == 0 {
            guard cells.count == 6 || cells.count == 3 else {
                try columns.check.report(line: number, "\(cells.count) columns", remedy: Self.expected)
                throw columns.check.errors
            }
            guard cells != ["query-id", "corpus-id", "score"] else {
                let problem = "the header line of judgements, and a run is needed here"
                try columns.check.report(line: number, problem, remedy: Self.expected)
                throw columns.check.errors
            }
            width = cells.count
        }
        guard cells.count == width else {
            try columns.check.report(
                line: number, "\(cells.count) columns where the first line has \(width)", remedy: Self.expected)
            return nil
        }
        let document = width == 6 ? 2 : 1
        guard let score = try width == 6 ? trecScore(cells, number) : msMarcoScore(cells, number),
            try Identifiers.isUsable(cells[0], noun: "query", line: number, check: &columns.check),
            try Identifiers.isUsable(cells[document], noun: "document", line: number, check: &columns.check)
        else { return nil }
        if width == 6, tag == nil { tag = cells[5] }
        let parts = line.bytes.split(whereSeparator: ColumnReader.isBlank)
        return RunLine(
            query: UnsafeBufferPointer(rebasing: parts[0]), document: UnsafeBufferPointer(rebasing: parts[document]),
            score: score, line: number)
    }

    private mutating func trecScore(_ cells: [String], _ line: Int) throws -> Double? {
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
        return score
    }

    private mutating func msMarcoScore(_ cells: [String], _ line: Int) throws -> Double? {
        guard let rank = Int(cells[2]), rank >= 1 else {
            let remedy =
                "three columns are query, document and rank from 1; scores need six: query Q0 document rank score tag"
            try columns.check.report(
                line: line, "the rank \(JSONText.quoted(cells[2])) is not a positive whole number", remedy: remedy)
            return nil
        }
        return 1 / Double(rank)
    }
}
