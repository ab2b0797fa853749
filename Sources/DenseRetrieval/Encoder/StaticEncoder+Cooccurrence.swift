import NumericKernels

extension StaticEncoder {
    /// The share of a row's squared length that vectors of the corpus get beside random columns, by the number of training pairs.
    ///
    /// By nDCG@10 on dev at 512 dimensions (1 seed; random alone, then shares): scifact, 735 pairs: 0.776; 0.1 0.788, 0.2 0.793, 0.4 0.773, 0.7
    /// 0.721. wordnet-lemma, 31,620 pairs: 0.305; 0.2 0.327, 0.4 0.334, 0.7 0.335. debian, 45,695 pairs: 0.640; 0.2 0.661, 0.5 0.673.
    public static func cooccurrenceShare(pairs: Int) -> Double { pairs < 5_000 ? 0.2 : 0.5 }

    /// How many of an encoder's columns vectors of the corpus take up: at most two fifths, since random columns tell single words apart.
    public static func cooccurrenceColumns(dimension: Int) -> Int {
        min(CooccurrenceVectors.defaultDimension, dimension * 2 / 5)
    }

    /// An encoder that starts from vectors of its corpus, in the first columns; pieces without one, and the other columns, start at random.
    ///
    /// All rows keep the length of a random start, near √dimension times idf / mean idf; the vectors get `share` of its square.
    public init(
        tokenizer: any SubwordTokenizer, vectors: CooccurrenceVectors, share: Double, dimension: Int, seed: UInt64,
        statistics: TokenStatistics? = nil, threads: Int = 1
    ) throws(EncoderError) {
        guard dimension >= vectors.dimension else {
            throw .fewerDimensions(dimension: dimension, vectors: vectors.dimension)
        }
        try self.init(
            tokenizer: tokenizer, dimension: dimension, seed: seed, statistics: statistics, threads: threads)
        for id in 0..<min(vectors.rows.rows, table.rows) {
            table.blendRow(id, with: vectors.rows.row(id), share: share)
        }
    }
}

extension Matrix {
    /// Gives a row another direction in its first columns: `share` of its squared length goes to `vector`, the rest to its other columns.
    ///
    /// The row's length stays. Where there are no other columns the vector gets all of it; a vector without a length changes nothing.
    mutating func blendRow(_ index: Int, with vector: [Float], share: Double) {
        let given = vector.count
        let norm = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard norm > 0, norm.isFinite else { return }
        withMutableRow(index) { row in
            let length = (0..<row.count).reduce(0.0) { $0 + Double(row[$1]) * Double(row[$1]) }.squareRoot()
            let rest = (given..<row.count).reduce(0.0) { $0 + Double(row[$1]) * Double(row[$1]) }.squareRoot()
            let share = given == row.count ? 1 : share
            for column in 0..<given {
                row[column] = Float(Double(vector[column]) * length * share.squareRoot() / norm)
            }
            guard rest > 0 else { return }
            let factor = length * (1 - share).squareRoot() / rest
            for column in given..<row.count { row[column] = Float(Double(row[column]) * factor) }
        }
    }
}
