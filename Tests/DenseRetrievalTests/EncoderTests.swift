import RetrievalData
import Testing
import TextAnalysis

@testable import DenseRetrieval

@Suite("Static encoder")
struct EncoderTests {
    @Test("A text has the same vector alone and among others, of length 1, or zero without tokens.")
    func vectors() throws {
        let encoder = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 20, seed: 3)
        let texts = (0..<600).map { number in
            String(repeating: String("abcxyz".dropFirst(number % 6)), count: number % 3)
        }
        let many = encoder.encode(texts, threads: 3)
        for place in stride(from: 0, to: 600, by: 41) { #expect(encoder.encode([texts[place]]) == [many[place]]) }
        for (text, vector) in zip(texts, many) {
            let norm = vector.reduce(0) { $0 + Double($1) * Double($1) }
            #expect(abs(norm - (text.isEmpty ? 0 : 1)) < 1e-5)
        }
    }

    @Test("Starting rows are N(0, 1) times idf over mean idf, each from the seed and its number alone.")
    func start() throws {
        struct Wide: SubwordTokenizer {
            let vocabularySize: Int
            func encode(_ text: String) -> [Int32] { [] }
            func tokenizerJSON() -> String { "" }
        }
        let small = try StaticEncoder(tokenizer: Wide(vocabularySize: 40), dimension: 64, seed: 9)
        let large = try StaticEncoder(tokenizer: Wide(vocabularySize: 300), dimension: 64, seed: 9, threads: 3)
        for row in 0..<40 { #expect(small.table.row(row) == large.table.row(row)) }
        let values = (0..<300).flatMap { large.table.row($0) }.map(Double.init)
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
        let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(values.count)
        #expect(abs(mean) < 0.03 && abs(variance - 1) < 0.05 && abs(fourth - 3) < 0.3)

        var statistics = TokenStatistics(vocabularySize: 26)
        statistics.add(["aab", "ac", "a", "b"], tokenizer: ToyTokenizer())
        #expect(statistics.documentCount == 4 && Array(statistics.documentFrequencies.prefix(4)) == [3, 2, 1, 0])
        let weights = statistics.inverseDocumentFrequencies()
        let average = weights.reduce(0, +) / 26
        let plain = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 4, seed: 9)
        let scaled = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 4, seed: 9, statistics: statistics)
        for row in 0..<26 {
            for column in 0..<4 {
                let wanted = plain.table[row, column] * Float(weights[row] / average)
                #expect(abs(scaled.table[row, column] - wanted) <= 1e-5 * abs(wanted))
            }
        }
    }

    @Test("Parts that do not fit together are errors.")
    func errors() throws {
        #expect(throws: EncoderError.noDimensions) {
            try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 0, seed: 1)
        }
        #expect(throws: EncoderError.self) {
            try StaticEncoder(
                tokenizer: ToyTokenizer(), dimension: 2, seed: 1, statistics: TokenStatistics(vocabularySize: 3))
        }
        let two = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 2, seed: 1)
        let three = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 3, seed: 1)
        #expect(throws: EncoderError.self) { try DualEncoder(queryEncoder: two, documentEncoder: three) }
    }
}

@Suite("Start from word vectors")
struct WordVectorStartTests {
    @Test(
        "A piece that is a word with a vector has its direction, others their random row; all lengths are those of the idf."
    )
    func rows() throws {
        let vocabulary = try WordPieceVocabulary(
            pieces: WordPieceVocabulary.specialTokens + ["bank", "river", "##bank", "x"])
        let tokenizer = SubwordPipeline(vocabulary: vocabulary)
        var statistics = TokenStatistics(vocabularySize: tokenizer.vocabularySize)
        statistics.add(["bank river", "bank x", "bank"], tokenizer: tokenizer)
        let vectors = WordVectors(
            dimension: 4, vectors: ["bank": [0, 3, 0, 4], "##bank": [1, 0, 0, 0], "x": [0, 0, 0, 0]], wordCount: 3)
        let random = try StaticEncoder(tokenizer: tokenizer, dimension: 4, seed: 5, statistics: statistics)
        let started = try StaticEncoder(
            tokenizer: tokenizer, vectors: vectors, dimension: 4, seed: 5, statistics: statistics)
        #expect(StaticEncoder.words(of: tokenizer).isSuperset(of: ["bank", "river", "x"]))
        func length(_ row: some Sequence<Float>) -> Double {
            row.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        }
        let scale = length(random.table.row(5)) / 5
        for (found, wanted) in zip(started.table.row(5), [0, 3, 0, 4].map { $0 * scale }) {
            #expect(abs(Double(found) - wanted) < 1e-5)
        }
        // A vector of zeros has no direction.
        for row in [0, 6, 8] { #expect(started.table.row(row) == random.table.row(row)) }

        let wide = try StaticEncoder(
            tokenizer: tokenizer, vectors: vectors, dimension: 40, seed: 5, statistics: statistics)
        let plain = try StaticEncoder(tokenizer: tokenizer, dimension: 40, seed: 5, statistics: statistics)
        let (mixed, before) = (wide.table.row(5), plain.table.row(5))
        #expect(abs(length(mixed) - length(before)) < 1e-4)
        let share = length(mixed.prefix(4)) / length(mixed)
        #expect(abs(share * share - StaticEncoder.wordVectorShare) < 1e-5 && mixed[0] == 0)
        #expect(abs(mixed[3] / mixed[1] - 4.0 / 3) < 1e-5 && abs(mixed[9] / mixed[4] - before[9] / before[4]) < 1e-3)
        #expect(throws: EncoderError.fewerDimensions(dimension: 3, vectors: 4)) {
            try StaticEncoder(tokenizer: tokenizer, vectors: vectors, dimension: 3, seed: 5)
        }
    }
}
