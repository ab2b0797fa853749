import DecoyTestSupport
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Vectors from co-occurrence")
struct CooccurrenceTests {
    /// Cuts at spaces into words `wN`, whose id is N.
    private struct NumberedWords: SubwordTokenizer {
        var vocabularySize: Int
        func encode(_ text: String) -> [Int32] {
            text.split(separator: " ").compactMap { Int32($0.dropFirst()) }
        }
        func tokenizerJSON() -> String { "{}" }
    }

    @Test("Counts equal those of the definition, whatever the order of the texts and the threads.")
    func counts() {
        var generator = SeededGenerator(seed: freshSeed())
        let texts = (0..<20).map { _ in
            (0..<Int.random(in: 0...40, using: &generator)).map { _ in Int32.random(in: -1...25, using: &generator) }
        }
        var expected: [[Int32: UInt64]] = [[Int32: UInt64]](repeating: [:], count: 24)
        for text in texts {
            for (i, a) in text.enumerated() {
                for (j, b) in text.enumerated()
                where a != b && abs(i - j) <= 10 && (0..<24).contains(a) && (0..<24).contains(b) {
                    expected[Int(a)][b, default: 0] += UInt64(2520 / abs(i - j))
                }
            }
        }
        for (order, threads) in [(texts, 1), (texts.reversed(), 2)] {
            let found = CooccurrenceCounts(order, vocabularySize: 24, threads: threads)
            for (row, entries) in found.rows.enumerated() {
                #expect(entries.map(\.token) == expected[row].keys.sorted(), "seed \(generator.seed)")
                #expect(
                    entries.allSatisfy { expected[row][$0.token] == $0.count }, "seed \(generator.seed), row \(row)")
            }
        }
    }

    /// Texts about one of three subjects, each with words of its own.
    private func subjects(_ generator: inout SeededGenerator) -> [Document] {
        (0..<90).map { number in
            let words = (0..<12).map { _ in "w\(number % 3 * 10 + Int.random(in: 0..<10, using: &generator))" }
            return Document(id: "d\(number)", text: words.joined(separator: " "))
        }
    }

    @Test("Words of one subject get like vectors, those of two do not; order and threads change nothing.")
    func subjectsApart() {
        var generator = SeededGenerator(seed: freshSeed())
        let documents = subjects(&generator)
        let tokenizer = NumberedWords(vocabularySize: 31)
        let vectors = CooccurrenceVectors(documents, tokenizer: tokenizer, dimension: 3)
        func cosine(_ a: Int, _ b: Int) -> Float {
            let (x, y) = (vectors.rows.row(a), vectors.rows.row(b))
            func product(_ p: [Float], _ q: [Float]) -> Float { zip(p, q).reduce(0) { $0 + $1.0 * $1.1 } }
            return product(x, y) / (product(x, x) * product(y, y)).squareRoot()
        }
        for a in 0..<30 {
            for b in 0..<30 where a != b {
                let same = a / 10 == b / 10
                #expect(same ? cosine(a, b) > 0.8 : cosine(a, b) < 0.3, "seed \(generator.seed), \(a) and \(b)")
            }
        }
        #expect(vectors.rows.row(30).allSatisfy { $0 == 0 })
        let again = CooccurrenceVectors(
            documents.shuffled(using: &generator), tokenizer: tokenizer, dimension: 3, threads: 2)
        #expect((0..<31).allSatisfy { again.rows.row($0) == vectors.rows.row($0) }, "seed \(generator.seed)")
    }

    @Test("Rows that start from the corpus keep the length of a random start; the others are that start.")
    func lengths() throws {
        var generator = SeededGenerator(seed: freshSeed())
        let tokenizer = NumberedWords(vocabularySize: 31)
        let vectors = CooccurrenceVectors(subjects(&generator), tokenizer: tokenizer, dimension: 3)
        let random = try StaticEncoder(tokenizer: tokenizer, dimension: 8, seed: 5)
        let encoder = try StaticEncoder(tokenizer: tokenizer, vectors: vectors, share: 0.5, dimension: 8, seed: 5)
        func square(_ row: some Sequence<Float>) -> Float { row.reduce(0) { $0 + $1 * $1 } }
        for row in 0..<30 {
            let (new, old) = (encoder.table.row(row), random.table.row(row))
            #expect(abs(square(new) - square(old)) < 1e-3 * square(old), "seed \(generator.seed)")
            #expect(abs(square(new.prefix(3)) - square(old) / 2) < 1e-3 * square(old), "seed \(generator.seed)")
        }
        #expect(encoder.table.row(30) == random.table.row(30))
        #expect(throws: EncoderError.self) {
            try StaticEncoder(tokenizer: tokenizer, vectors: vectors, share: 0.5, dimension: 2, seed: 5)
        }
    }

    @Test("A corpus without two near words gives no vectors.")
    func nothing() throws {
        let tokenizer = NumberedWords(vocabularySize: 4)
        for documents in [[], [Document(id: "a", text: "w1"), Document(id: "b", text: "")]] {
            let vectors = CooccurrenceVectors(documents, tokenizer: tokenizer, dimension: 2)
            #expect(vectors.dimension == 0)
            let encoder = try StaticEncoder(tokenizer: tokenizer, vectors: vectors, share: 0.5, dimension: 4, seed: 5)
            #expect(
                encoder.table.row(1) == (try StaticEncoder(tokenizer: tokenizer, dimension: 4, seed: 5)).table.row(1))
        }
    }
}
