/// Reads queries.
public enum QueryReader {
    /// Reads BEIR's `queries.jsonl`, tab-separated `id text` lines, or the queries of a BEIR folder; `-` is standard
    /// input.
    ///
    /// Everything wrong is collected and thrown as `InputErrors`. The order is the file's.
    public static func read(_ path: String) throws -> [Query] {
        var queries: [Query] = []
        try read(path) { queries += $0 }
        return queries
    }

    /// Reads as `read(_:)` does, and hands on up to `batch` queries at a time.
    ///
    /// From the first error on `each` is not called any more, so what it did must be undone or thrown away. Memory: one
    /// batch and the ids.
    public static func read(_ path: String, batch: Int = 1024, each: ([Query]) throws -> Void) throws {
        try read(path, batch: batch, findsDuplicates: true, each: each)
    }

    /// Reads; where duplicate ids were looked for before, the ids need not be remembered.
    static func read(
        _ path: String, batch: Int, findsDuplicates: Bool, each: ([Query]) throws -> Void
    ) throws {
        let file = try file(of: path)
        let reader = try LineReader(path: file)
        var check = InputCheck(source: reader.name)
        var ids = Identifiers(noun: "query")
        var waiting: [Query] = []
        let format = CorpusFormat.named(by: file) ?? .guessed(from: reader.lookahead)
        let parser = JSONLineParser()
        var rows = DelimitedText(columns: 2...2, expected: "expected id<TAB>text")
        func isNew(_ query: Query, _ line: LineReader.Line) throws -> Bool {
            if findsDuplicates { return try ids.accept(query.id, line: line.number, check: &check) }
            return try Identifiers.isUsable(query.id, noun: "query", line: line.number, check: &check)
        }
        var isEmpty = true
        while let line = try check.joining(reader.next) {
            var query: Query?
            if format == .tsv {
                query = try rows.cells(of: line, check: &check).map { Query(id: $0[0], text: $0[1]) }
            } else {
                query = try JSONRecords.record(line, shape: .query, parser: parser, check: &check)
                    .map { Query(id: $0.id, text: $0.text, metadata: $0.metadata) }
            }
            guard let query, try isNew(query, line), check.isClean else { continue }
            isEmpty = false
            waiting.append(query)
            if waiting.count >= batch {
                try each(waiting)
                waiting.removeAll(keepingCapacity: true)
            }
        }
        if isEmpty, check.isClean {
            try check.report(line: nil, "there are no queries", remedy: JSONRecords.Shape.query.expected + " a line")
        }
        try check.finish()
        if !waiting.isEmpty { try each(waiting) }
    }

    /// The file that a path stands for: itself, or the queries of a BEIR folder.
    static func file(of path: String) throws -> String {
        guard path != "-", PathKind(path) == .folder else { return path }
        guard let found = BEIRDataset.file(named: "queries.jsonl", in: path) else {
            throw FileError.notFound(path: path + "/queries.jsonl")
        }
        return found
    }
}
