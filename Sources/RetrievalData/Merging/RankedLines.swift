/// A run as `decoy search` writes it, TREC or JSON lines, ranking by ranking, with its scores as they are written.
///
/// A line of printable ASCII is read as bytes; any other goes through the checks of text.
struct RankedLines {
    /// What messages call the file.
    let name: String
    /// The query of the ranking at hand; nil at the end.
    private(set) var query: QueryID?
    /// The form of the file; nil where it is empty.
    private(set) var form: RunMerge.Format?
    /// What follows the hits in the JSON line at hand.
    private(set) var tail = ""
    private var columns: ColumnReader
    private var queryBytes: [UInt8] = []
    /// The line at hand of a TREC run that is plain.
    private var plain: PlainLine?
    /// The line at hand of any other TREC run, the hits at hand of a JSON line.
    private var copied: [CopiedLine] = []

    /// A line's columns, valid until the next one is read; the text is its score and its tag.
    private struct PlainLine {
        var query: UnsafeBufferPointer<UInt8>
        var id: UnsafeBufferPointer<UInt8>
        var score: Double
        var text: UnsafeBufferPointer<UInt8>
    }

    private struct CopiedLine {
        var id: DocumentID
        var score: Double
        var text: String
    }

    /// Opens a file at its first ranking; throws `InputErrors` where it is no such run.
    init(_ path: String) throws {
        columns = try ColumnReader(path: path)
        name = columns.reader.name
        try advance()
    }

    /// Adds the lines of the ranking at hand to a pool, as a list; goes on to the next.
    ///
    /// Of a TREC run a document's text is its score and its tag, of JSON lines the hit as it stands there.
    mutating func next(into pool: inout MergePool) throws {
        let current = query
        repeat {
            if let plain {
                pool.append(plain.id, score: plain.score, text: plain.text)
            } else {
                for var line in copied {
                    line.id.withUTF8 { id in line.text.withUTF8 { pool.append(id, score: line.score, text: $0) } }
                }
            }
            try advance()
        } while form == .trec && query != nil && query == current
        pool.endList()
    }

    private mutating func advance() throws {
        plain = nil
        while let line = try columns.nextLine() {
            if form == .trec, let columns = Self.plainColumns(line) {
                plain = columns
                turn(to: columns.query)
                return
            }
            if line.isBlank { continue }
            let isJSON = line.bytes.first == UInt8(ascii: "{")
            if form == nil { form = isJSON ? .jsonl : .trec }
            if isJSON, form == .jsonl { try takeHits(line) } else { try takeColumns(line) }
            return
        }
        try columns.check.finish()
        (query, copied) = (nil, [])
    }

    private mutating func turn(to id: UnsafeBufferPointer<UInt8>) {
        if query != nil, queryBytes.withUnsafeBufferPointer({ IdentifierBytes.compare($0, id) }) == 0 { return }
        queryBytes = Array(id)
        query = String(decoding: id, as: UTF8.self)
    }

    /// The columns of a line of printable ASCII with an ordinary score; nil for any other, be it right or wrong.
    private static func plainColumns(_ line: LineReader.Line) -> PlainLine? {
        guard var cursor = ColumnCursor(line.bytes) else { return nil }
        let query = cursor.next()
        _ = cursor.next()
        let id = cursor.next()
        _ = cursor.next()
        let (score, tag) = (cursor.next(), cursor.next())
        guard tag.count > 0, cursor.next().count == 0, cursor.isPlain, let number = DecimalText.double(score),
            number.isFinite, let start = score.baseAddress, let end = tag.baseAddress, end - start == score.count + 1,
            start[score.count] == UInt8(ascii: " ")
        else { return nil }
        let text = UnsafeBufferPointer(start: start, count: score.count + 1 + tag.count)
        return PlainLine(query: query, id: id, score: number, text: text)
    }

    private mutating func takeColumns(_ line: LineReader.Line) throws {
        let cells = try columns.cells(of: line, separator: ColumnReader.isBlank) ?? []
        guard form == .trec, cells.count == 6, let score = ColumnNumber.real(cells[4]) else {
            throw try refusal(
                line,
                cells.count == 3
                    ? "MS MARCO's three columns hold no scores to merge by: search with --output-format trec"
                    : "expected six columns: query Q0 document rank score tag, as decoy search writes them")
        }
        var query = cells[0]
        query.withUTF8 { turn(to: $0) }
        copied = [CopiedLine(id: cells[2], score: score, text: cells[4] + " " + cells[5])]
    }

    private mutating func takeHits(_ line: LineReader.Line) throws {
        guard try columns.check.accepts(line), let text = try columns.check.text(line.bytes, line: line.number) else {
            throw columns.check.errors
        }
        guard let (hits, tail) = HitsText.parts(text), let end = try? JSONLine(parsing: "{" + tail.dropFirst(2)),
            let query = end.string("query_id")
        else {
            throw try refusal(line, "expected hits and query_id, as decoy search --output-format jsonl writes them")
        }
        copied = try hits.map { hit in
            guard let fields = try? JSONLine(parsing: String(hit)), let id = fields.string("id"),
                let score = fields.number("score"), score.isFinite
            else { throw try refusal(line, "each hit has an id and a score") }
            return CopiedLine(id: id, score: score, text: String(hit))
        }
        (self.query, self.tail) = (query, String(tail))
    }

    private mutating func refusal(_ line: LineReader.Line, _ remedy: String) throws -> InputErrors {
        try columns.check.report(line: line.number, "no line of a run that can be merged", remedy: remedy)
        return columns.check.errors
    }

    /// The queries of a file in its order, and its form; throws `InputErrors` where the lines of one do not stand together.
    ///
    /// Of a TREC run the first column alone is looked at.
    static func queries(_ path: String) throws -> (queries: [QueryID], form: RunMerge.Format?) {
        var queries: [QueryID] = []
        var known: Set<QueryID> = []
        func add(_ query: QueryID) throws {
            guard known.insert(query).inserted else {
                throw InputErrors(
                    InputError(
                        source: path, problem: "the lines of query \(JSONText.quoted(query)) do not stand together",
                        remedy: "sort the run by query (sort -s -k1,1)"))
            }
            queries.append(query)
        }
        var columns = try ColumnReader(path: path)
        var current: [UInt8] = []
        func isCurrent(_ query: UnsafeBufferPointer<UInt8>) -> Bool {
            current.withUnsafeBufferPointer { IdentifierBytes.areSame($0, query) }
        }
        var pool = MergePool(isForWriting: false)
        while let line = try columns.nextLine() {
            if !queries.isEmpty, current.count < line.bytes.count, ColumnReader.isBlank(line.bytes[current.count]),
                isCurrent(UnsafeBufferPointer(rebasing: line.bytes[..<current.count]))
            {
                continue
            }
            if line.isBlank { continue }
            if queries.isEmpty, line.bytes.first == UInt8(ascii: "{") {
                var lines = try RankedLines(path)
                while let query = lines.query {
                    try add(query)
                    pool.removeAll()
                    try lines.next(into: &pool)
                }
                return (queries, lines.form)
            }
            let begin = line.bytes.firstIndex { !ColumnReader.isBlank($0) } ?? 0
            let end = line.bytes[begin...].firstIndex(where: ColumnReader.isBlank) ?? line.bytes.count
            let column = UnsafeBufferPointer(rebasing: line.bytes[begin..<end])
            if isCurrent(column) { continue }
            current = Array(column)
            try add(String(decoding: column, as: UTF8.self))
        }
        return (queries, queries.isEmpty ? nil : .trec)
    }
}
