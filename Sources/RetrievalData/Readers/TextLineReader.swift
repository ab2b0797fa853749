/// Reads the lines of a text file.
public enum TextLineReader {
    /// Calls `body` with each line of a file, without its end, as it is read; `-` is standard input.
    ///
    /// A line that is not UTF-8, holds a NUL byte or is longer than 8 MB ends the reading: it is thrown as `InputErrors`.
    public static func read(_ path: String, _ body: (String) throws -> Void) throws {
        let reader = try LineReader(path: path)
        var check = InputCheck(source: reader.name)
        while let line = try reader.next() {
            let text = try check.accepts(line) ? check.text(line.bytes, line: line.number) : nil
            try check.finish()
            if let text { try body(text) }
        }
    }
}
