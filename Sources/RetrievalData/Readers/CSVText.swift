/// Comma-separated records with quotes (RFC 4180); a record may span several lines.
struct CSVText {
    /// One record.
    struct Record {
        var cells: [String]
        /// The line on which it begins.
        var line: Int
    }

    private static let expected = "expected a header line such as _id,title,text and as many columns in every record"
    private let reader: LineReader

    init(_ reader: LineReader) { self.reader = reader }

    /// Reads documents; the header says which columns are id, title and text, all others become metadata.
    static func readDocuments(_ reader: LineReader, into sink: inout DocumentSink) throws {
        let records = CSVText(reader)
        guard let header = try records.next(check: &sink.check) else { return }
        let names = header.cells.map { $0.trimmedOfSpaces.lowercased() }
        let shape = JSONRecords.Shape.document
        guard let id = names.place(ofFirst: shape.idKeys), let text = names.place(ofFirst: shape.textKeys) else {
            let missing = names.place(ofFirst: shape.idKeys) == nil ? "id" : "text"
            try sink.check.report(line: header.line, "the header names no column for the \(missing)", remedy: expected)
            return try sink.check.finish()
        }
        let keys = header.cells.map(\.trimmedOfSpaces)
        if let twice = keys.indices.first(where: { keys[..<$0].contains(keys[$0]) }) {
            let problem = "the header names the column \(JSONText.quoted(keys[twice])) twice"
            try sink.check.report(line: header.line, problem, remedy: "give every column a name of its own")
            return try sink.check.finish()
        }
        let title = names.firstIndex(of: "title")
        let others = names.indices.filter { $0 != id && $0 != text && $0 != title }
        while let record = try records.next(check: &sink.check) {
            guard record.cells.count == names.count else {
                let found = "\(record.cells.count) columns where the header has \(names.count)"
                try sink.check.report(
                    line: record.line, found, remedy: "quote cells that hold commas, quotes or line ends")
                continue
            }
            let extra = others.map { JSONText.quoted(header.cells[$0]) + ": " + JSONText.quoted(record.cells[$0]) }
            try sink.add(
                Document(
                    id: record.cells[id], title: title.map { record.cells[$0] } ?? "", text: record.cells[text],
                    metadata: extra.isEmpty ? nil : "{" + extra.joined(separator: ", ") + "}"),
                line: record.line)
        }
    }

    /// The next record that is right; wrong ones are reported; nil at the end.
    func next(check: inout InputCheck) throws -> Record? {
        while let first = try check.joining(reader.next) {
            if first.isBlank { continue }
            var state = CSVRecordParser()
            var line = first
            var usable = true
            while true {
                usable = try check.accepts(line) && usable
                state.feed(line.bytes)
                guard state.isOpen, usable else { break }
                state.append(lineEnd: line)
                guard state.size <= LineReader.lineLimit, let following = try check.joining(reader.next) else {
                    let remedy = "close the quote, or write a quote within a cell as two quotes"
                    try check.report(
                        line: first.number, "the quote that begins a cell here is never closed", remedy: remedy)
                    throw check.errors
                }
                line = following
            }
            if !usable { continue }
            if let problem = state.problem {
                try check.report(
                    line: first.number, problem, remedy: "put the cell in quotes and double the quotes within it")
                continue
            }
            var cells: [String] = []
            for cell in state.finished() {
                guard let text = try check.text(cell, line: first.number) else { break }
                cells.append(text)
            }
            if cells.count == state.finished().count { return Record(cells: cells, line: first.number) }
        }
        return nil
    }
}

/// The state within one CSV record.
struct CSVRecordParser {
    private enum Place { case start, plain, quoted, afterQuote }

    private(set) var problem: String?
    private(set) var size = 0
    private var cells: [[UInt8]] = []
    private var cell: [UInt8] = []
    private var place = Place.start

    /// Whether a quote is open, so that the record goes on with the next line.
    var isOpen: Bool { place == .quoted }

    /// Takes the bytes of a line.
    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
        size += bytes.count
        for byte in bytes {
            switch (place, byte) {
            case (.quoted, UInt8(ascii: "\"")): place = .afterQuote
            case (.quoted, _): cell.append(byte)
            case (.afterQuote, UInt8(ascii: "\"")):
                cell.append(byte)
                place = .quoted
            case (_, UInt8(ascii: ",")):
                cells.append(cell)
                cell = []
                place = .start
            case (.afterQuote, _): problem = problem ?? "text after the quote that ends a cell"
            case (.start, UInt8(ascii: "\"")): place = .quoted
            case (_, UInt8(ascii: "\"")): problem = problem ?? "a quote within a cell that does not begin with one"
            default:
                cell.append(byte)
                place = .plain
            }
        }
    }

    /// Takes the end of a line within quotes.
    mutating func append(lineEnd line: LineReader.Line) {
        if line.hadCarriageReturn { cell.append(13) }
        if line.hadEnd { cell.append(10) }
        size += 2
    }

    /// The cells of the record.
    func finished() -> [[UInt8]] { cells + [cell] }
}

extension [String] {
    /// Where the first of these names that occurs at all stands.
    func place(ofFirst names: [String]) -> Int? {
        for name in names {
            if let place = firstIndex(of: name) { return place }
        }
        return nil
    }
}
