import TextAnalysis

extension WordPieceTokenizer: SubwordTokenizer {
    /// The number of pieces, or one more than the highest id of an added token where that is more.
    public var vocabularySize: Int {
        addedTokens.reduce(vocabulary.count) { max($0, Int($1.id) + 1) }
    }

    /// The ids of several texts, cut in one session.
    public func encode(_ texts: [String]) -> [[Int32]] {
        let session = makeSession()
        return texts.map { session.encode($0) }
    }
}

extension Checkpoint {
    /// Reads a model folder with a WordPiece tokenizer and checks every file against its record.
    public static func read(_ path: String) throws -> (model: DualEncoder, record: ModelRecord) {
        try read(path) { try WordPieceTokenizer(tokenizerJSON: $0) }
    }
}
