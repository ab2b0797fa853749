/// Why a subword tokenizer could not be read.
public enum SubwordError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The text is not JSON, or not of the shape that a `tokenizers` file has.
    case malformed(reason: String)
    /// The tokenizer uses a part that this library does not have.
    case unsupported(part: String, found: String, supported: String)
    /// A WordPiece vocabulary has the same piece twice.
    case duplicatePiece(String)
    /// A WordPiece vocabulary lacks the piece that stands for unknown words.
    case missingUnknownToken(String)

    /// What is wrong and what would be right.
    public var description: String {
        switch self {
        case .malformed(let reason):
            "not a tokenizers file: \(reason); expected the tokenizer.json that Hugging Face's tokenizers writes"
        case .unsupported(let part, let found, let supported):
            "the tokenizer's \(part) is \(found), which is not supported; supported: \(supported)"
        case .duplicatePiece(let piece): "the vocabulary has the piece \"\(piece)\" twice; each must be there once"
        case .missingUnknownToken(let piece):
            "the vocabulary lacks \"\(piece)\"; it stands for words that cannot be cut into pieces"
        }
    }
}
