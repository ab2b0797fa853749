/// A TREC run, ranking by ranking, with its scores as they are written.
final class RankedLines {
    /// One line of a ranking.
    struct Entry {
        var document: ScoredDocument
        /// The score as it stands in the file.
        var score: Substring
        var tag: String
    }

    /// What messages call the file.
    let name: String
    /// The query of the ranking at hand; nil at the end.
    private(set) var query: QueryID?
    private var columns: ColumnReader
    private var waiting: (entry: Entry, line: Int)?

    /// Opens a file at its first ranking; throws `InputErrors` where it is no TREC run.
    init(_ path: String) throws {
        columns = try ColumnReader(path: path)
        name = columns.reader.name
        try advance()
    }

    /// The lines of the ranking at hand; goes on to the next.
    func next() throws -> [Entry] {
        var entries: [Entry] = []
        let current = query
        while let (entry, _) = waiting, query == current {
            entries.append(entry)
            try advance()
        }
        return entries
    }

    private func advance() throws {
        guard let (cells, line) = try columns.next(separator: ColumnReader.isBlank) else {
            try columns.check.finish()
            (query, waiting) = (nil, nil)
            return
        }
        guard cells.count == 6, let score = ColumnNumber.real(cells[4]) else {
            let remedy =
                cells.count == 3
                ? "MS MARCO's three columns hold no scores to merge by: search with --output-format trec"
                : "expected six columns: query Q0 document rank score tag, as decoy search writes them"
            try columns.check.report(line: line, "no line of a TREC run", remedy: remedy)
            throw columns.check.errors
        }
        query = cells[0]
        waiting = (
            Entry(document: ScoredDocument(id: cells[2], score: score), score: cells[4][...], tag: cells[5]), line
        )
    }

    /// The queries of a file in its order; throws `InputErrors` where the lines of one do not stand together.
    static func queries(_ path: String) throws -> [QueryID] {
        let lines = try RankedLines(path)
        var queries: [QueryID] = []
        var known: Set<QueryID> = []
        while let query = lines.query {
            guard known.insert(query).inserted else {
                throw InputErrors(
                    InputError(
                        source: lines.name,
                        problem: "the lines of query \(JSONText.quoted(query)) do not stand together",
                        remedy: "sort the run by query (sort -s -k1,1)"))
            }
            queries.append(query)
            _ = try lines.next()
        }
        return queries
    }
}
