/// Documents and queries as tab-separated lines, such as MS MARCO's `collection.tsv` and `queries.tsv`.
///
/// There are no quotes and no escapes. The first line decides how many columns there are; it is a header where its
/// columns are called like the fields of a JSON record.
struct DelimitedText {
    /// How many columns are allowed.
    let columns: ClosedRange<Int>
    /// How a right line looks.
    let expected: String
    private var width: Int?

    init(columns: ClosedRange<Int>, expected: String) {
        self.columns = columns
        self.expected = expected
    }

    /// Reads documents of two columns (id, text) or three (id, title, text).
    static func readDocuments(_ reader: LineReader, into sink: inout DocumentSink) throws {
        var rows = DelimitedText(columns: 2...3, expected: "expected id<TAB>text or id<TAB>title<TAB>text")
        while let line = try sink.check.joining(reader.next) {
            guard let cells = try rows.cells(of: line, check: &sink.check) else { continue }
            let title = cells.count == 3 ? cells[1] : ""
            try sink.add(Document(id: cells[0], title: title, text: cells[cells.count - 1]), line: line.number)
        }
    }

    /// The columns of a line; nil where it is blank, the header or, reported, wrong.
    mutating func cells(of line: LineReader.Line, check: inout InputCheck) throws -> [String]? {
        guard !line.isBlank, try check.accepts(line) else { return nil }
        let parts = line.bytes.split(separator: 9, omittingEmptySubsequences: false)
        let wanted = width.map { $0...$0 } ?? columns
        guard wanted.contains(parts.count) else {
            try check.report(line: line.number, "\(Self.count(parts.count)) separated by tabs", remedy: remedy)
            return nil
        }
        let isFirst = width == nil
        width = parts.count
        var cells: [String] = []
        for part in parts {
            guard let cell = try check.text(part, line: line.number) else { return nil }
            cells.append(cell)
        }
        return isFirst && Self.isHeader(cells) ? nil : cells
    }

    private var remedy: String {
        guard let width, columns.count > 1 else { return expected + "; replace tabs within the text by spaces" }
        return "expected \(Self.count(width)) as on the first line; replace tabs within the text by spaces"
    }

    private static func count(_ number: Int) -> String { number == 1 ? "1 column" : "\(number) columns" }

    private static func isHeader(_ cells: [String]) -> Bool {
        let ids = JSONRecords.Shape.document.idKeys + JSONRecords.Shape.query.idKeys + ["pid"]
        let texts = JSONRecords.Shape.document.textKeys + JSONRecords.Shape.query.textKeys + ["passage"]
        guard let id = cells.first?.lowercased(), let text = cells.last?.lowercased() else { return false }
        return ids.contains(id) && texts.contains(text) && (cells.count == 2 || cells[1].lowercased() == "title")
    }
}
