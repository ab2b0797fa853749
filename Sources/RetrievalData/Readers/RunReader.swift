/// Reads run files: TREC's six columns, or MS MARCO's three, whose score is then 1 / rank.
public enum RunReader {
    /// Reads a whole run.
    ///
    /// Rankings are put into the total order by their scores, as trec_eval does; the ranks of the file do not count.
    /// The lines of a query may stand apart. The name is the tag of the first line, or the file's name where there are
    /// no tags. Everything wrong, also a document that a query has twice, is collected and thrown as `InputErrors`.
    public static func read(_ path: String) throws -> Run {
        var lines = try RunLines(path: path)
        var places: [QueryID: Int] = [:]
        var rankings: [Ranking] = []
        var place = -1
        var current = RankingColumns()
        var apart: [Int: RankingColumns] = [:]  // of queries whose lines stand apart
        func put(_ columns: RankingColumns, at place: Int) {
            if place >= 0 { rankings[place].documents = columns.documents }
        }
        while let line = try lines.next() {
            if place < 0 || !current.isQuery(line.query) {
                let query = String(decoding: line.query, as: UTF8.self)
                let next = places[query] ?? rankings.count
                if next != place {
                    if apart[place] != nil { apart[place] = current } else { put(current, at: place) }
                    place = next
                    if next == rankings.count {
                        places[query] = next
                        rankings.append(Ranking(queryID: query, documents: []))
                        current.begin(query)
                    } else {
                        current = apart[next] ?? RankingColumns(rankings[next])
                        apart[next] = RankingColumns()
                    }
                }
            }
            if !current.append(line.document, score: line.score) {
                try reportDuplicate(current.queryID, line, check: &lines.columns.check)
            }
        }
        try finish(&lines.columns.check, isEmpty: rankings.isEmpty)
        apart[place] = nil
        put(current, at: place)
        for (place, columns) in apart { put(columns, at: place) }
        return Run(name: lines.tag ?? fileName(path), rankings: rankings)
    }

    /// Reads a run of any size one ranking after another, and returns its name.
    ///
    /// The lines of each query must stand together. From the first error on `each` is not called any more. Memory: one
    /// ranking and the ids of the queries.
    @discardableResult
    public static func readRankings(_ path: String, each: (Ranking) throws -> Void) throws -> String {
        let name = try scan(path, stopsWhereApart: false) { columns in
            try each(Ranking(queryID: columns.queryID, documents: columns.documents))
        }
        return name ?? fileName(path)
    }

    /// Reads a run of any size one ranking after another, as columns, and returns its name.
    ///
    /// Where the lines of a query stand apart it stops and returns nil, if the file can be read again: `read(_:)` is for
    /// such runs. In standard input and pipes they are an error. From the first error on `each` is not called any more.
    /// Memory: one ranking and the ids of the queries.
    package static func scan(_ path: String, each: (RankingColumns) throws -> Void) throws -> String? {
        try scan(path, stopsWhereApart: path != "-" && PathKind.isRegularFile(path), each: each)
    }

    private static func scan(
        _ path: String, stopsWhereApart: Bool, each: (RankingColumns) throws -> Void
    ) throws -> String? {
        var lines = try RunLines(path: path)
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
        return lines.tag ?? fileName(path)
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
