/// What cuts a word into pieces.
enum SubwordModel: Sendable {
    case wordPiece(PieceTrie, unknown: Int32, longest: Int)
    case bytePair(BytePairModel)
    case unigram(UnigramModel)

    /// The id of what cannot be cut into pieces; nil where the model has none.
    var unknown: Int32? {
        switch self {
        case .wordPiece(_, let unknown, _): unknown
        case .bytePair(let model): model.unknown
        case .unigram(let model): model.unknown
        }
    }

    /// Appends the ids of a word, which is well-formed UTF-8 and not empty.
    func append(_ word: UnsafeBufferPointer<UInt8>, to output: inout [Int32]) {
        switch self {
        case .wordPiece(let trie, let unknown, let longest):
            if UTF8Bytes.characterCount(word) > longest {
                output.append(unknown)
            } else {
                trie.append(word, unknown: unknown, to: &output)
            }
        case .bytePair(let model): model.append(word, to: &output)
        case .unigram(let model): model.append(word, to: &output)
        }
    }
}
