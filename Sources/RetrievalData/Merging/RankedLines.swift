/// A run as `decoy search` writes it, TREC or JSON lines, ranking by ranking, with its scores as they are written.
final class RankedLines {
    /// A document of a ranking.
    struct Entry {
        var document: ScoredDocument
        /// The score as it stands in a TREC run, or the whole hit as it stands in a JSON line.
        var text: String
        /// The last column of a TREC run.
        var tag = ""
    }

    /// What messages call the file.
    let name: String
    /// The query of the ranking at hand; nil at the end.
    private(set) var query: QueryID?
    /// The form of the file; nil where it is empty.
    private(set) var form: RunMerge.Format?
    /// What follows the hits in the JSON line at hand.
    private(set) var tail = ""
    private var columns: ColumnReader
    /// The line at hand of a TREC run, the hits at hand of a JSON line.
    private var waiting: [Entry] = []

    /// Opens a file at its first ranking; throws `InputErrors` where it is no such run.
    init(_ path: String) throws {
        columns = try ColumnReader(path: path)
        name = columns.reader.name
        try advance()
    }

    /// The lines of the ranking at hand; goes on to the next.
    func next() throws -> [Entry] {
        var entries: [Entry] = []
        let current = query
        repeat {
            entries += waiting
            try advance()
        } while form == .trec && query != nil && query == current
        return entries
    }

    private func advance() throws {
        while let line = try columns.nextLine() {
            if line.isBlank { continue }
            let isJSON = line.bytes.first == UInt8(ascii: "{")
            if form == nil { form = isJSON ? .jsonl : .trec }
            if isJSON, form == .jsonl { try takeHits(line) } else { try takeColumns(line) }
            return
        }
        try columns.check.finish()
        (query, waiting) = (nil, [])
    }

    private func takeColumns(_ line: LineReader.Line) throws {
        let cells = try columns.cells(of: line, separator: ColumnReader.isBlank) ?? []
        guard form == .trec, cells.count == 6, let score = ColumnNumber.real(cells[4]) else {
            throw try refusal(
                line,
                cells.count == 3
                    ? "MS MARCO's three columns hold no scores to merge by: search with --output-format trec"
                    : "expected six columns: query Q0 document rank score tag, as decoy search writes them")
        }
        query = cells[0]
        waiting = [Entry(document: ScoredDocument(id: cells[2], score: score), text: cells[4], tag: cells[5])]
    }

    private func takeHits(_ line: LineReader.Line) throws {
        guard try columns.check.accepts(line), let text = try columns.check.text(line.bytes, line: line.number) else {
            throw columns.check.errors
        }
        guard let (hits, tail) = HitsText.parts(text), let end = try? JSONLine(parsing: "{" + tail.dropFirst(2)),
            let query = end.string("query_id")
        else {
            throw try refusal(line, "expected hits and query_id, as decoy search --output-format jsonl writes them")
        }
        waiting = try hits.map { hit in
            guard let fields = try? JSONLine(parsing: String(hit)), let id = fields.string("id"),
                let score = fields.number("score"), score.isFinite
            else { throw try refusal(line, "each hit has an id and a score") }
            return Entry(document: ScoredDocument(id: id, score: score), text: String(hit))
        }
        (self.query, self.tail) = (query, String(tail))
    }

    private func refusal(_ line: LineReader.Line, _ remedy: String) throws -> InputErrors {
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
        while let line = try columns.nextLine() {
            if line.isBlank { continue }
            if queries.isEmpty, line.bytes.first == UInt8(ascii: "{") {
                let lines = try RankedLines(path)
                while let query = lines.query {
                    try add(query)
                    _ = try lines.next()
                }
                return (queries, lines.form)
            }
            let begin = line.bytes.firstIndex { !ColumnReader.isBlank($0) } ?? 0
            let end = line.bytes[begin...].firstIndex(where: ColumnReader.isBlank) ?? line.bytes.count
            let column = UnsafeBufferPointer(rebasing: line.bytes[begin..<end])
            if current.withUnsafeBufferPointer({ IdentifierBytes.areSame($0, column) }) { continue }
            current = Array(column)
            try add(String(decoding: column, as: UTF8.self))
        }
        return (queries, queries.isEmpty ? nil : .trec)
    }
}

/// The hits in a JSON line, as they stand there.
enum HitsText {
    /// What a line begins with.
    static let start = "{\"hits\":["

    /// The objects of the array that a line begins with, and what follows from its end on; nil where it is another line.
    static func parts(_ line: String) -> (hits: [Substring], tail: Substring)? {
        guard line.hasPrefix(start) else { return nil }
        let bytes = line.utf8
        var place = bytes.index(bytes.startIndex, offsetBy: start.utf8.count)
        var hits: [Substring] = []
        var depth = 0
        var isString = false
        var isEscaped = false
        var begin = place
        while place < bytes.endIndex {
            let byte = bytes[place]
            if isString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    if depth == 0, byte == UInt8(ascii: "{") { begin = place }
                    depth += 1
                case UInt8(ascii: "]") where depth == 0:
                    return (hits, line[place...])
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if depth < 0 { return nil }
                    if depth == 0 { hits.append(line[begin...place]) }
                default: break
                }
            }
            place = bytes.index(after: place)
        }
        return nil
    }
}
