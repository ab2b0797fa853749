/// Vectors of words from a text file, as GloVe, word2vec and fastText write them.
public struct WordVectors: Sendable, Hashable {
    /// The length of the vectors.
    public var dimension: Int
    /// The vectors of the words that were asked for and are there.
    public var vectors: [String: [Float]]
    /// The number of words in the file.
    public var wordCount: Int

    /// Vectors from their parts.
    public init(dimension: Int, vectors: [String: [Float]], wordCount: Int) {
        self.dimension = dimension
        self.vectors = vectors
        self.wordCount = wordCount
    }
}

/// Reads files of word vectors.
public enum WordVectorReader {
    /// Reads the vectors of some words; `-` is standard input, and files may be compressed.
    ///
    /// A line is a word and its numbers between spaces. A first line of two whole numbers, the count of words and the dimension (word2vec,
    /// fastText), is not needed. Words are compared as they stand, then in lower case; of several the first is taken, which these files
    /// order by frequency. A word may hold spaces itself (some files of GloVe): its numbers are the last of the line. Throws `InputErrors` for a line
    /// with fewer numbers than the first, or with something else in their place. Memory grows with the wanted words alone.
    public static func read(_ path: String, words: Set<String>) throws -> WordVectors {
        var found = WordVectors(dimension: 0, vectors: [:], wordCount: 0)
        var exact: Set<String> = []
        var number = 0
        var check = InputCheck(source: path == "-" ? "standard input" : path)
        try TextLineReader.read(path) { line in
            number += 1
            if line.utf8.allSatisfy({ $0 == 0x20 }) { return }
            if found.dimension == 0 {
                let fields = line.split(separator: " ")
                if number == 1, fields.count == 2, Int(fields[0]) != nil, let dimension = Int(fields[1]) {
                    found.dimension = dimension
                    return
                }
                found.dimension = fields.count - 1
            }
            guard found.dimension > 0, let split = split(line, numbers: found.dimension) else {
                return try check.report(
                    line: number, "too few numbers",
                    remedy: "expected a word and \(max(1, found.dimension)) numbers between spaces")
            }
            found.wordCount += 1
            let word = String(split.word)
            let key = words.contains(word) ? word : word.lowercased()
            guard words.contains(key), key == word ? !exact.contains(word) : found.vectors[key] == nil else { return }
            let values = split.numbers.split(separator: " ").compactMap { Float($0) }
            guard values.count == found.dimension, values.allSatisfy(\.isFinite) else {
                return try check.report(
                    line: number, "the vector of \"\(word)\" has something that is no number",
                    remedy: "expected \(found.dimension) numbers")
            }
            if key == word { exact.insert(word) }
            found.vectors[key] = values
        }
        if found.wordCount == 0, check.isClean {
            try check.report(line: nil, "it holds no vectors", remedy: "expected lines of a word and its numbers")
        }
        try check.finish()
        return found
    }

    /// A line as its word and its last so many fields; nil where it has not as many and a word.
    private static func split(_ line: String, numbers: Int) -> (word: Substring, numbers: Substring)? {
        let bytes = line.utf8
        var end = bytes.endIndex
        var left = numbers
        while left > 0 {
            while end > bytes.startIndex, bytes[bytes.index(before: end)] == 0x20 { end = bytes.index(before: end) }
            guard end > bytes.startIndex else { return nil }
            while end > bytes.startIndex, bytes[bytes.index(before: end)] != 0x20 { end = bytes.index(before: end) }
            left -= 1
        }
        let word = line[..<end].drop { $0 == " " }
        guard let last = word.lastIndex(where: { $0 != " " }) else { return nil }
        return (word[...last], line[end...])
    }
}
