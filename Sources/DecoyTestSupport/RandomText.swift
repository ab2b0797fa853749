import RetrievalData

/// Makes small random texts whose word frequencies fall off as in real text, so that queries match several documents.
public struct RandomText: Sendable {
    /// The words, most frequent first.
    public let vocabulary: [String]
    private var generator: SeededGenerator

    /// A text maker with so many distinct words of letters a to z.
    public init(seed: UInt64, vocabularySize: Int = 200) {
        generator = SeededGenerator(seed: seed)
        var words: [String] = []
        var known: Set<String> = []
        while words.count < vocabularySize {
            let length = Int.random(in: 2...8, using: &generator)
            var word = ""
            for _ in 0..<length {
                word.unicodeScalars.append(Unicode.Scalar(UInt8.random(in: 97...122, using: &generator)))
            }
            if known.insert(word).inserted { words.append(word) }
        }
        vocabulary = words
    }

    /// The seed, for failure messages.
    public var seed: UInt64 { generator.seed }

    /// One word; low places in the vocabulary are likelier.
    public mutating func word() -> String {
        let unit = Double.random(in: 0..<1, using: &generator)
        return vocabulary[min(Int(unit * unit * Double(vocabulary.count)), vocabulary.count - 1)]
    }

    /// Words between single spaces; as many as a number drawn from the range.
    public mutating func text(words: ClosedRange<Int>) -> String {
        let count = Int.random(in: words, using: &generator)
        return (0..<count).map { _ in word() }.joined(separator: " ")
    }

    /// Documents with ids `d0`, `d1`, …; every third has a title, and one in ten may be empty.
    public mutating func documents(_ count: Int, words: ClosedRange<Int> = 1...30) -> [Document] {
        (0..<count).map { number in
            let title = number % 3 == 0 ? text(words: 1...3) : ""
            let empty = Int.random(in: 0..<10, using: &generator) == 0
            return Document(id: "d\(number)", title: title, text: empty ? "" : text(words: words))
        }
    }

    /// Queries with ids `q0`, `q1`, ….
    public mutating func queries(_ count: Int, words: ClosedRange<Int> = 1...5) -> [Query] {
        (0..<count).map { Query(id: "q\($0)", text: text(words: words)) }
    }
}
