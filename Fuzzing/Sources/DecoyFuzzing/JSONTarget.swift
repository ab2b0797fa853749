@testable import LexicalSearch
@testable import RetrievalData

/// A line of any bytes: the JSON reader refuses it, or gives fields that, written as JSON, are read as the same fields;
/// and what it takes, filters can read as a document's metadata.
enum JSONTarget {
    static func run(_ input: FuzzInput) {
        var input = input
        let parser = JSONLineParser()
        do {
            let bytes = input.remainder()
            let line = try bytes.withUnsafeBufferPointer { try parser.parse($0) }
            let text =
                "{" + line.fields.map { JSONText.quoted($0.key) + ": " + $0.value.json }.joined(separator: ", ") + "}"
            let again: JSONLine
            do {
                again = try JSONLine(parsing: text)
            } catch {
                fatalError("\(error) in what was written: \(text)")
            }
            require(again == line, "written and read again it differs: \(text)")
            var metadata = MetadataReader()
            do {
                try metadata.read(String(decoding: bytes, as: UTF8.self))
                try metadata.read(text)
            } catch {
                fatalError("\(error) in what is JSON: \(text)")
            }
        } catch is JSONLine.Problem {
        } catch {
            fatalError("an error of another type: \(error)")
        }
    }
}
