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

    init(path: String) throws {
        reader = try LineReader(path: path)
        check = InputCheck(source: reader.name)
    }

    /// The columns of the next line that is not blank, with its number; nil at the end.
    mutating func next(separator: (UInt8) -> Bool) throws -> (cells: [String], line: Int)? {
        while let line = try check.joining(reader.next) {
            guard !line.isBlank, try check.accepts(line) else { continue }
            var cells: [String] = []
            var complete = true
            for part in line.bytes.split(whereSeparator: separator) {
                guard let cell = try check.text(part, line: line.number) else {
                    complete = false
                    break
                }
                cells.append(cell)
            }
            if complete { return (cells, line.number) }
        }
        return nil
    }

    /// A space or a tab.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}
