/// The pieces of a WordPiece model in the order of their ids; pieces that continue a word begin with `##`.
///
/// Pieces are told apart by their bytes: canonically equivalent pieces are different ones.
public struct WordPieceVocabulary: Sendable {
    /// The special tokens that a trained vocabulary begins with: `[PAD]` is 0, `[UNK]` 1, `[CLS]` 2, `[SEP]` 3, `[MASK]` 4.
    public static let specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]

    /// The pieces; a piece's index is its id.
    public let pieces: [String]
    /// The piece that stands for a word that cannot be cut into pieces.
    let unknownToken: String
    /// The id of the piece that stands for a word that cannot be cut into pieces.
    public let unknownID: Int32
    private let index: ByteInterner

    /// A vocabulary from its pieces in id order; throws ``SubwordError`` where one is there twice or `unknownToken` is missing.
    public init(pieces: [String], unknownToken: String = "[UNK]") throws {
        var index = ByteInterner()
        for (id, piece) in pieces.enumerated() where index.intern(piece.utf8) != id {
            throw SubwordError.duplicatePiece(piece)
        }
        guard pieces.count <= Int(Int32.max),
            let id = Array(unknownToken.utf8).withUnsafeBufferPointer({ index.find($0) })
        else {
            throw SubwordError.missingUnknownToken(unknownToken)
        }
        self.pieces = pieces
        self.unknownToken = unknownToken
        unknownID = Int32(id)
        self.index = index
    }

    /// Reads a `vocab.txt`: one piece a line, its 0-based line its id.
    public init(vocabularyText text: String, unknownToken: String = "[UNK]") throws {
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let pieces = lines.map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        try self.init(pieces: pieces, unknownToken: unknownToken)
    }

    /// The number of pieces.
    public var count: Int { pieces.count }

    /// The id of a piece; nil where it is not in the vocabulary.
    public func id(of piece: String) -> Int32? {
        var piece = piece
        return piece.withUTF8 { index.find($0) }.map(Int32.init)
    }

    /// The text of a `vocab.txt`: one piece a line.
    public var vocabularyText: String { pieces.reduce(into: "") { $0 += $1 + "\n" } }
}

extension WordPieceVocabulary: Equatable {
    /// Whether both have the same pieces, byte for byte, in the same order.
    public static func == (a: WordPieceVocabulary, b: WordPieceVocabulary) -> Bool {
        a.unknownID == b.unknownID && a.pieces.count == b.pieces.count
            && zip(a.pieces, b.pieces).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
    }
}
