import NumericKernels
import RetrievalData
import TextAnalysis

extension StaticEncoder {
    /// An encoder that starts from vectors of words.
    ///
    /// A piece that is a whole word with a vector gets its direction; every other piece a random row. Both have the length of a random
    /// start, √dimension times idf / mean idf: the table says which words are alike, the corpus how much they say. Rows depend on the
    /// seed, their numbers, the vectors and the idf alone. The dimension is that of the vectors.
    public init(
        tokenizer: WordPieceTokenizer, vectors: WordVectors, seed: UInt64, statistics: TokenStatistics? = nil,
        threads: Int = 1
    ) throws(EncoderError) {
        try self.init(
            tokenizer: tokenizer, dimension: vectors.dimension, seed: seed, statistics: statistics, threads: threads)
        var scales = [Double](repeating: 1, count: table.rows)
        if let weights = statistics?.inverseDocumentFrequencies() {
            let mean = weights.reduce(0, +) / Double(max(weights.count, 1))
            if mean > 0 { scales = weights.map { $0 / mean } }
        }
        for (id, piece) in tokenizer.vocabulary.pieces.enumerated() {
            guard let vector = vectors.vectors[piece] else { continue }
            let norm = vector.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
            guard norm > 0, norm.isFinite else { continue }
            let factor = Double(vectors.dimension).squareRoot() * scales[id] / norm
            table.withMutableRow(id) { row in
                for column in row.indices { row[column] = Float(Double(vector[column]) * factor) }
            }
        }
    }

    /// The pieces that a file of word vectors may have: those that begin a word.
    public static func words(of tokenizer: WordPieceTokenizer) -> Set<String> {
        Set(tokenizer.vocabulary.pieces.filter { !$0.hasPrefix("##") })
    }
}
