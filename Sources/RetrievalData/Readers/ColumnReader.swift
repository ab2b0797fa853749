/// Reads numbers from columns.
enum ColumnNumber {
    /// A finite number; nil where the text is something else.
    static func real(_ text: String) -> Double? {
        guard let number = Double(text), number.isFinite else { return nil }
        return number
    }
}

/// The lines of a qrels or run file as columns.
struct ColumnReader {
    let reader: LineReader
    var check: InputCheck

    init(path: String, part: Range<Int>? = nil) throws {
        reader = try LineReader(path: path, part: part)
        check = InputCheck(source: reader.name)
    }

    /// The columns of the next line that is not blank, with its number; nil at the end.
    mutating func next(separator: (UInt8) -> Bool) throws -> (cells: [String], line: Int)? {
        while let line = try nextLine() {
            if let cells = try cells(of: line, separator: separator) { return (cells, line.number) }
        }
        return nil
    }

    /// The next line, unchecked; nil at the end.
    mutating func nextLine() throws -> LineReader.Line? { try check.joining(reader.next) }

    /// The columns of a line as text; nil where it is blank or, which is reported, not text.
    mutating func cells(of line: LineReader.Line, separator: (UInt8) -> Bool) throws -> [String]? {
        guard !line.isBlank, try check.accepts(line) else { return nil }
        var cells: [String] = []
        for part in line.bytes.split(whereSeparator: separator) {
            guard let cell = try check.text(part, line: line.number) else { return nil }
            cells.append(cell)
        }
        return cells
    }

    /// A space or a tab.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}
