import Decoy
import DurableStorage

/// The ids and pieces that a subword tokenizer gives.
struct SubwordListing {
    private let session: SubwordSession
    private let tokenizer: SubwordPipeline
    private let inJSON: Bool

    init(_ path: String, inJSON: Bool) throws {
        tokenizer = try TokenizerFolder.read(path: path)
        session = tokenizer.makeSession()
        self.inJSON = inJSON
    }

    /// Prints the ids of a text, or of each line of standard input.
    func run(on text: String?) throws {
        if let text, text != "-" { return Console.output(try rendered(text)) }
        try TextLineReader.read("-") { Console.output(try rendered($0)) }
    }

    private struct Line: Encodable {
        var ids: [Int32]
        var pieces: [String?]
    }

    private func rendered(_ text: String) throws -> String {
        let ids = session.encode(text)
        let pieces = ids.map { tokenizer.piece($0) }
        if inJSON { return try JSONOutput.line(Line(ids: ids, pieces: pieces)) }
        return zip(ids, pieces).map { "\($0) \($1 ?? "")" }.joined(separator: "\n")
    }
}
