import NumericKernels
import RetrievalData

/// A bag-of-subwords encoder: the vector of a text is the mean of its tokens' rows, scaled to length 1.
///
/// The table has one row of `dimension` floats for each token of the vocabulary. A text without known tokens has the zero vector.
///
/// This is pooling with learnt weights: a row of length w and direction u adds w u to the sum, so its length is the weight of its token. Training
/// can step lengths on their own (``TrainingOptions/weightLearningRate``). A linear layer behind the mean would add nothing: W · mean(e) =
/// mean(W e), and the table E Wᵀ gives the same vectors.
public struct StaticEncoder: Sendable {
    /// Cuts texts into token ids.
    public let tokenizer: any SubwordTokenizer
    package var table: Matrix

    /// The length of the vectors.
    public var dimension: Int { table.columns }

    /// An encoder over a table that is there already; the table must have a row for each token.
    package init(tokenizer: any SubwordTokenizer, table: Matrix) throws(EncoderError) {
        guard table.rows >= tokenizer.vocabularySize else {
            throw .tableTooSmall(rows: table.rows, vocabulary: tokenizer.vocabularySize)
        }
        guard table.columns > 0 else { throw .noDimensions }
        self.tokenizer = tokenizer
        self.table = table
    }

    /// An encoder with random rows: N(0, 1), times idf(t) / mean idf where statistics of a corpus are given.
    ///
    /// The idf scale is worth more than any choice of negatives when training starts from it. Row t depends on the seed, t and the idf alone.
    public init(
        tokenizer: any SubwordTokenizer, dimension: Int, seed: UInt64, statistics: TokenStatistics? = nil,
        threads: Int = 1
    ) throws(EncoderError) {
        guard dimension > 0 else { throw .noDimensions }
        var scales = [Double](repeating: 1, count: tokenizer.vocabularySize)
        if let statistics {
            let weights = statistics.inverseDocumentFrequencies()
            guard weights.count == scales.count else {
                throw .statisticsOfAnotherVocabulary(size: weights.count, vocabulary: scales.count)
            }
            let mean = weights.reduce(0, +) / Double(max(weights.count, 1))
            if mean > 0 { scales = weights.map { $0 / mean } }
        }
        var table = Matrix(rows: scales.count, columns: dimension)
        let rowScales = scales
        table.fillRows(threads: threads) { row, values in
            var normal = NormalGenerator(seed: seed, row: row)
            for column in values.indices { values[column] = Float(normal.next() * rowScales[row]) }
        }
        try self.init(tokenizer: tokenizer, table: table)
    }

    /// The vectors of texts, in order.
    ///
    /// Same texts give the same bits whatever stands beside them and the number of threads.
    public func encode(_ texts: [String], threads: Int = 1) -> [[Float]] {
        let vectors = encodeRows(texts, threads: threads)
        return (0..<vectors.rows).map { vectors.row($0) }
    }

    /// The vectors of texts as rows.
    package func encodeRows(_ texts: [String], threads: Int) -> Matrix {
        let bags = TokenBags(texts, tokenizer: tokenizer, threads: threads)
        return encodeRows(bags, texts: (0..<Int32(texts.count)).map { $0 }, threads: threads)
    }

    /// The vectors of some of the texts in bags, as rows.
    package func encodeRows(_ bags: TokenBags, texts: [Int32], threads: Int) -> Matrix {
        table.unitMeans(of: texts, in: bags, threads: threads)
    }
}

extension Matrix {
    /// The means of texts over the rows of this table, scaled to length 1.
    func unitMeans(of texts: [Int32], in bags: TokenBags, threads: Int) -> Matrix {
        var vectors = Matrix(rows: texts.count, columns: columns)
        var norms: [Float] = []
        vectors.gatherMeans(of: texts, in: bags, from: self, at: 0, threads: threads)
        RowNormalization.normalize(&vectors, norms: &norms, threads: threads)
        return vectors
    }
}
