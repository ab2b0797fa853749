import CICU

/// A token that is looked for in the text before the model sees it.
struct AddedPiece: Sendable {
    var content: [UInt32]
    var id: Int32
    /// Whether no word character may stand beside it.
    var isSingleWord = false
    /// Whether white space before it, after it, belongs to it.
    var stripsLeft = false
    var stripsRight = false
    /// Whether it is looked for in the normalized text instead of the raw one.
    var isNormalized = false

    /// Whether it is found in the raw text wherever its characters stand.
    var isPlain: Bool { !isSingleWord && !stripsLeft && !stripsRight && !isNormalized }

    /// Its characters.
    var text: String { String(String.UnicodeScalarView(content.compactMap { Unicode.Scalar($0) })) }
}

/// Finds added tokens: leftmost, and of several at one place the longest.
struct AddedPieceMatcher: Sendable {
    private var byFirst: [UInt32: [AddedPiece]] = [:]

    init(_ pieces: [AddedPiece]) {
        for piece in pieces { if let first = piece.content.first { byFirst[first, default: []].append(piece) } }
        for first in Array(byFirst.keys) { byFirst[first]?.sort { $0.content.count > $1.content.count } }
    }

    /// The stretches of a text, in order and without gaps; those that are an added token have its id.
    func stretches(_ text: [UInt32]) -> [(range: Range<Int>, id: Int32?)] {
        if byFirst.isEmpty { return text.isEmpty ? [] : [(text.indices, nil)] }
        var result: [(range: Range<Int>, id: Int32?)] = []
        var done = 0
        var i = 0
        while i < text.count {
            guard let piece = byFirst[text[i]]?.first(where: { text[i...].starts(with: $0.content) }) else {
                i += 1
                continue
            }
            var (start, stop) = (i, i + piece.content.count)
            i = stop
            if piece.isSingleWord,
                start > 0 && Self.isWord(text[start - 1]) || stop < text.count && Self.isWord(text[stop])
            {
                continue
            }
            if piece.stripsLeft { while start > done, Self.isSpace(text[start - 1]) { start -= 1 } }
            if piece.stripsRight { while stop < text.count, Self.isSpace(text[stop]) { stop += 1 } }
            if done < start { result.append((done..<start, nil)) }
            result.append((min(start, stop)..<stop, piece.id))
            done = stop
        }
        if done < text.count { result.append((done..<text.count, nil)) }
        return result
    }

    private static func isWord(_ c: UInt32) -> Bool { UnicodeCharacter.isWord(c) }
    private static func isSpace(_ c: UInt32) -> Bool { cicu_is_white_space(c) != 0 }
}
