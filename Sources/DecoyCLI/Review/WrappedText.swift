import Decoy

/// A text broken into lines of a terminal, with marks around some of its words.
struct WrappedText {
    /// One line, with its marks.
    private(set) var lines: [String] = []
    private let width: Int
    private let mark: (String) -> String
    private var line = ""
    private var used = 0

    /// Breaks a text at white space, and words that are wider than a line between characters; control characters are shown harmlessly.
    ///
    /// `ranges` are those of the text's bytes that `mark` goes around: ascending, apart, between characters.
    init(_ text: String, ranges: [Range<Int>] = [], width: Int, mark: @escaping (String) -> String = { $0 }) {
        self.width = max(1, width)
        self.mark = mark
        for word in Self.words(of: text, ranges) { append(word) }
        if used > 0 { lines.append(line) }
    }

    /// A part of a word that is marked or not.
    private struct Piece {
        var text: String
        var isMarked: Bool
    }

    /// The words, each as pieces that are printable.
    private static func words(of text: String, _ ranges: [Range<Int>]) -> [[Piece]] {
        let bytes = Array(text.utf8)
        var words: [[Piece]] = []
        var word: [Piece] = []
        func take(_ range: Range<Int>, isMarked: Bool) {
            guard !range.isEmpty else { return }
            let part = String(decoding: bytes[range], as: UTF8.self)
            for (place, piece) in part.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace)
                .enumerated()
            {
                if place > 0, !word.isEmpty {
                    words.append(word)
                    word = []
                }
                if !piece.isEmpty { word.append(Piece(text: Console.printable(String(piece)), isMarked: isMarked)) }
            }
        }
        var end = 0
        for range in ranges {
            take(end..<range.lowerBound, isMarked: false)
            take(range, isMarked: true)
            end = range.upperBound
        }
        take(end..<bytes.count, isMarked: false)
        if !word.isEmpty { words.append(word) }
        return words
    }

    private mutating func append(_ word: [Piece]) {
        let wide = word.reduce(0) { $0 + DisplayWidth.of($1.text) }
        if used > 0 {
            if used + 1 + wide <= width {
                line += " "
                used += 1
            } else {
                end()
            }
        }
        for piece in word { append(piece) }
    }

    /// Adds a piece, over as many lines as it takes.
    private mutating func append(_ piece: Piece) {
        var part = ""
        func closed(_ part: String) -> String { piece.isMarked && !part.isEmpty ? mark(part) : part }
        for character in piece.text {
            let wide = DisplayWidth.of(String(character))
            if used + wide > width, used > 0 {
                line += closed(part)
                part = ""
                end()
            }
            part.append(character)
            used += wide
        }
        line += closed(part)
    }

    private mutating func end() {
        lines.append(line)
        line = ""
        used = 0
    }
}
