import DurableStorage
import RetrievalData

@testable import LexicalSearch

/// An index in memory of two segments, with deletions and with lists of several blocks.
enum SmallIndex {
    /// Writes the index.
    static func write() throws -> InMemoryDirectory {
        let directory = InMemoryDirectory()
        let first = try IndexWriter(directory: directory)
        try first.add(documents(0..<600))
        _ = try first.commit()
        let second = try IndexWriter(opening: directory, change: .update)
        try second.add(documents(590..<800))
        _ = try second.delete((0..<20).map { "d\($0 * 7)" })
        _ = try second.commit()
        return directory
    }

    /// Texts in which word n stands in every (n + 1)-th document.
    private static func documents(_ numbers: Range<Int>) -> [Document] {
        let words = [
            "the river", "bank", "interest rate", "café", "running", "x-ray 2020", "東京", "naïve Bayes", "don't",
            "a.b.c",
            "🍎 apple", "Straße", "قلب",
        ]
        return numbers.map { number in
            let text = words.enumerated().filter { number % ($0.offset + 1) == 0 }
                .map { String(repeating: $0.element + " ", count: 1 + number % (3 + $0.offset) / 2) }.joined()
            return Document(id: "d\(number)", title: number % 5 == 0 ? "bank \(number)" : "", text: text)
        }
    }
}
