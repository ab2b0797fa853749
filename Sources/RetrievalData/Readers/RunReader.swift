/// Reads run files: TREC's six columns, or MS MARCO's three, whose score is then 1 / rank.
public enum RunReader {
    /// Reads a whole run.
    ///
    /// Rankings are put into the total order by their scores, as trec_eval does; the ranks of the file do not count.
    /// The lines of a query may stand apart. The name is the tag of the first line, or the file's name where there are
    /// no tags. Everything wrong, also a document that a query has twice, is collected and thrown as `InputErrors`.
    public static func read(_ path: String) throws -> Run {
        var lines = try RunLines(path: path)
        var name: String?
        var places: [QueryID: Int] = [:]
        var rankings: [Ranking] = []
        var current = -1
        var seen: Set<DocumentID> = []
        var kept: [Int: Set<DocumentID>] = [:]  // of queries whose lines stand apart
        while let line = try lines.next() {
            name = name ?? line.tag
            if current < 0 || rankings[current].queryID != line.query {
                if current >= 0, kept[current] != nil { kept[current] = seen }
                if let place = places[line.query] {
                    current = place
                    seen = kept[place] ?? Set(rankings[place].documents.map(\.id))
                    kept[place] = []
                } else {
                    current = rankings.count
                    places[line.query] = current
                    rankings.append(Ranking(queryID: line.query, documents: []))
                    seen = []
                }
            }
            if seen.insert(line.document.id).inserted {
                rankings[current].documents.append(line.document)
            } else {
                try reportDuplicate(line, check: &lines.columns.check)
            }
        }
        try finish(&lines.columns.check, isEmpty: rankings.isEmpty)
        for place in rankings.indices { rankings[place].documents.sort { $0.precedes($1) } }
        return Run(name: name ?? fileName(path), rankings: rankings)
    }

    /// Reads a run of any size one ranking after another, and returns its name.
    ///
    /// The lines of each query must stand together. From the first error on `each` is not called any more. Memory: one
    /// ranking and the ids of the queries.
    @discardableResult
    public static func readRankings(_ path: String, each: (Ranking) throws -> Void) throws -> String {
        var lines = try RunLines(path: path)
        var name: String?
        var done: Set<QueryID> = []
        var current: Ranking?
        var seen: Set<DocumentID> = []
        func hand(_ ranking: Ranking?) throws {
            if let ranking, lines.columns.check.isClean {
                try each(Ranking(queryID: ranking.queryID, sorting: ranking.documents))
            }
        }
        while let line = try lines.next() {
            name = name ?? line.tag
            if current?.queryID != line.query {
                try hand(current)
                if !done.insert(line.query).inserted {
                    let problem = "the lines of query \(JSONText.quoted(line.query)) do not stand together"
                    try lines.columns.check.report(
                        line: line.line, problem, remedy: "sort the run by query (sort -s -k1,1)")
                }
                current = Ranking(queryID: line.query, documents: [])
                seen.removeAll(keepingCapacity: true)
            }
            if seen.insert(line.document.id).inserted {
                current?.documents.append(line.document)
            } else {
                try reportDuplicate(line, check: &lines.columns.check)
            }
        }
        try finish(&lines.columns.check, isEmpty: current == nil)
        try hand(current)
        return name ?? fileName(path)
    }

    private static func reportDuplicate(_ line: RunLine, check: inout InputCheck) throws {
        let problem = "query \(JSONText.quoted(line.query)) has document \(JSONText.quoted(line.document.id)) twice"
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
