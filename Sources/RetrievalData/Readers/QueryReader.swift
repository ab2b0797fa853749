/// Reads queries.
public enum QueryReader {
    /// Reads BEIR's `queries.jsonl`, tab-separated `id text` lines, or the queries of a BEIR folder; `-` is standard
    /// input.
    ///
    /// Everything wrong is collected and thrown as `InputErrors`. The order is the file's.
    public static func read(_ path: String) throws -> [Query] {
        var file = path
        if path != "-", PathKind(path) == .folder {
            guard let found = BEIRDataset.file(named: "queries.jsonl", in: path) else {
                throw FileError.notFound(path: path + "/queries.jsonl")
            }
            file = found
        }
        let reader = try LineReader(path: file)
        var check = InputCheck(source: reader.name)
        var ids = Identifiers(noun: "query")
        var queries: [Query] = []
        let format = CorpusFormat.named(by: file) ?? .guessed(from: reader.lookahead)
        let parser = JSONLineParser()
        var rows = DelimitedText(columns: 2...2, expected: "expected id<TAB>text")
        while let line = try check.joining(reader.next) {
            var query: Query?
            if format == .tsv {
                query = try rows.cells(of: line, check: &check).map { Query(id: $0[0], text: $0[1]) }
            } else {
                query = try JSONRecords.record(line, shape: .query, parser: parser, check: &check)
                    .map { Query(id: $0.id, text: $0.text, metadata: $0.metadata) }
            }
            if let query, try ids.accept(query.id, line: line.number, check: &check) { queries.append(query) }
        }
        if queries.isEmpty, check.isClean {
            try check.report(line: nil, "there are no queries", remedy: JSONRecords.Shape.query.expected + " a line")
        }
        try check.finish()
        return queries
    }
}
