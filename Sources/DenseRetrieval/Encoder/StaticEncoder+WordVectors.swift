import NumericKernels
import RetrievalData
import TextAnalysis

extension StaticEncoder {
    /// The share of a row's squared length that vectors of words get, beside random columns.
    ///
    /// By nDCG@10 on dev with GloVe's 50 dimensions in 512 (1 seed; a start without them gave 0.6397 on debian, 0.3050 on wordnet-lemma): 0.1 gave
    /// 0.6423 and 0.3168, 0.3 0.6437 and 0.3160, 0.6 0.6372 and 0.3025.
    public static var wordVectorShare: Double { 0.2 }

    /// An encoder that starts from vectors of words.
    ///
    /// A piece that is a whole word with a vector gets its direction in the first columns; columns beyond the vectors' dimension, and pieces without
    /// one, start at random. All rows keep the length of a random start, near √dimension times idf / mean idf: the vectors say which words are
    /// alike, the corpus how much they say. Rows depend on the seed, their numbers, the vectors and the idf alone.
    public init(
        tokenizer: SubwordPipeline, vectors: WordVectors, dimension: Int, seed: UInt64,
        statistics: TokenStatistics? = nil, threads: Int = 1
    ) throws(EncoderError) {
        guard dimension >= vectors.dimension else {
            throw .fewerDimensions(dimension: dimension, vectors: vectors.dimension)
        }
        try self.init(
            tokenizer: tokenizer, dimension: dimension, seed: seed, statistics: statistics, threads: threads)
        for (id, piece) in tokenizer.words {
            if let vector = vectors.vectors[piece] {
                table.blendRow(Int(id), with: vector, share: Self.wordVectorShare)
            }
        }
    }

    /// The pieces that a file of word vectors may have: those that begin a word.
    public static func words(of tokenizer: SubwordPipeline) -> Set<String> {
        Set(tokenizer.words.map(\.word))
    }
}
