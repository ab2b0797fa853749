/// Reads run files: TREC's six columns, or MS MARCO's three, whose score is then 1 / rank.
public enum RunReader {
    /// Reads a whole run.
    ///
    /// Rankings are put into the total order by their scores, as trec_eval does; the ranks of the file do not count.
    /// The lines of a query may stand apart. The name is the tag of the first line, or the file's name where there are
    /// no tags. Everything wrong, also a document that a query has twice, is collected and thrown as `InputErrors`.
    public static func read(_ path: String) throws -> Run {
        var lines = try RunLines(path: path)
        var rankings = RankingsByQuery()
        while let line = try lines.next() {
            if !rankings.append(line) { try reportDuplicate(rankings.queryID, line, check: &lines.columns.check) }
        }
        try finish(&lines.columns.check, isEmpty: rankings.isEmpty)
        return Run(name: lines.tag ?? fileName(path), rankings: rankings.finish())
    }

    /// Reads a run of any size one ranking after another, and returns its name.
    ///
    /// The lines of each query must stand together. From the first error on `each` is not called any more. Memory: one
    /// ranking and the ids of the queries.
    @discardableResult
    public static func readRankings(_ path: String, each: (Ranking) throws -> Void) throws -> String {
        let scan = try scan(path, stopsWhereApart: false) { columns in
            try each(Ranking(queryID: columns.queryID, documents: columns.documents))
        }
        return scan?.name ?? fileName(path)
    }

    /// What a scan found besides rankings.
    package struct Scan: Sendable {
        /// The name of the run.
        package let name: String
        /// The number of columns, six or three.
        package let columns: Int
    }

    /// Reads a run of any size, or one of its `parts`, one ranking after another as columns.
    ///
    /// Where the lines of a query stand apart it stops and returns nil, if the file can be read again: `read(_:)` is for
    /// such runs. In standard input and pipes they are an error. From the first error on `each` is not called any more.
    /// The lines of errors count from the start of the part. Memory: one ranking and the ids of the queries.
    package static func scan(
        _ path: String, part: Range<Int>? = nil, each: (RankingColumns) throws -> Void
    ) throws -> Scan? {
        try scan(path, part: part, stopsWhereApart: PathKind.isRegularFile(path), each: each)
    }

    /// Cuts a run file between queries into parts of about the same size, at least a given one.
    ///
    /// Nil where it cannot be cut: standard input, pipes, compressed and small files.
    package static func parts(_ path: String, count: Int, minimumSize: Int) throws -> [Range<Int>]? {
        guard let size = PathKind.size(ofRegularFile: path), count > 1, size >= 2 * minimumSize,
            try !LineReader(path: path).isCompressed
        else { return nil }
        let count = min(count, size / max(1, minimumSize))
        var begins = [0]
        for number in 1..<count {
            let begin = try nextQuery(path, size / count * number..<size)
            if begin > begins[begins.count - 1], begin < size { begins.append(begin) }
        }
        return begins.count < 2 ? nil : zip(begins, begins.dropFirst() + [size]).map { $0..<$1 }
    }

    /// Where the first line begins whose query differs from that of the line before; the part may begin within a line.
    private static func nextQuery(_ path: String, _ part: Range<Int>) throws -> Int {
        let lines = try LineReader(path: path, part: part)
        _ = try lines.next()
        var last: [UInt8]?
        while true {
            let begin = lines.position
            guard let line = try lines.next() else { return part.upperBound }
            guard var cursor = ColumnCursor(line.bytes) else { continue }
            let query = Array(cursor.next())
            if let last, query != last { return begin }
            last = query
        }
    }

    private static func scan(
        _ path: String, part: Range<Int>? = nil, stopsWhereApart: Bool, each: (RankingColumns) throws -> Void
    ) throws -> Scan? {
        var lines = try RunLines(path: path, part: part)
        var done: Set<QueryID> = []
        var current = RankingColumns()
        while let line = try lines.next() {
            if done.isEmpty || !current.isQuery(line.query) {
                let query = String(decoding: line.query, as: UTF8.self)
                if done.isEmpty || current.queryID != query {
                    if !done.isEmpty, lines.columns.check.isClean { try each(current) }
                    if !done.insert(query).inserted {
                        if stopsWhereApart { return nil }
                        let problem = "the lines of query \(JSONText.quoted(query)) do not stand together"
                        try lines.columns.check.report(
                            line: line.line, problem, remedy: "sort the run by query (sort -s -k1,1)")
                    }
                    current.begin(query)
                }
            }
            if !current.append(line.document, score: line.score) {
                try reportDuplicate(current.queryID, line, check: &lines.columns.check)
            }
        }
        try finish(&lines.columns.check, isEmpty: done.isEmpty)
        try each(current)
        return Scan(name: lines.tag ?? fileName(path), columns: lines.width)
    }

    private static func reportDuplicate(_ query: QueryID, _ line: RunLine, check: inout InputCheck) throws {
        let document = String(decoding: line.document, as: UTF8.self)
        let problem = "query \(JSONText.quoted(query)) has document \(JSONText.quoted(document)) twice"
        try check.report(line: line.line, problem, remedy: "remove one of the two lines")
    }

    private static func finish(_ check: inout InputCheck, isEmpty: Bool) throws {
        if isEmpty, check.isClean {
            try check.report(line: nil, "the run is empty", remedy: "expected lines: query Q0 document rank score tag")
        }
        try check.finish()
    }

    private static func fileName(_ path: String) -> String {
        if path == "-" { return "stdin" }
        let file = path.split(separator: "/").last.map(String.init) ?? path
        let stem = Compression.withoutEnding(file)
        guard let dot = stem.lastIndex(of: "."), dot != stem.startIndex else { return stem }
        return String(stem[..<dot])
    }
}
