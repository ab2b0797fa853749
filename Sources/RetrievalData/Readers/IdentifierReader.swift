/// Reads ids of documents or queries.
public enum IdentifierReader {
    /// Reads a file of ids, one a line; `-` is standard input.
    ///
    /// Blank lines are skipped, white space around an id is dropped. Everything wrong is collected and thrown as `InputErrors`. The
    /// order is the file's; an id that stands twice is there twice. `noun` is what messages say the ids name.
    public static func read(_ path: String, noun: String = "document") throws -> [DocumentID] {
        var reader = try ColumnReader(path: path)
        var ids: [DocumentID] = []
        while let (cells, line) = try reader.next(separator: ColumnReader.isBlank) {
            if cells.count == 1, Identifiers.isPlain(cells[0]) {
                ids.append(cells[0])
            } else {
                try reader.check.report(
                    line: line, "\(cells.count) words", remedy: "expected one \(noun) id a line, without white space")
            }
        }
        try reader.check.finish()
        return ids
    }
}
