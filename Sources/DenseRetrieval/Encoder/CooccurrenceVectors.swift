import Essentials
import NumericKernels
import RetrievalData

/// Vectors of tokens from the corpus itself: tokens that stand among the same tokens get like vectors.
///
/// The pointwise mutual information of near tokens where it is positive, with context counts raised to a power below 1, and of that matrix the
/// leading eigenvectors, each times the root of its eigenvalue: Levy, Goldberg: Neural Word Embedding as Implicit Matrix Factorization, NIPS
/// 2014; Levy, Goldberg, Dagan: Improving Distributional Similarity with Lessons Learned from Word Embeddings, TACL 3 (2015), sections 3.1
/// to 3.3. Their 0.75 for contexts alone is 0.875 here for both sides: the mean of their matrix and its transpose, which is symmetric.
public struct CooccurrenceVectors: Sendable {
    /// One row a token; a row of zeros where the corpus says too little of it.
    package let rows: Matrix
    /// The length of the vectors.
    public var dimension: Int { rows.columns }

    /// The dimensions that are asked for unless said.
    public static let defaultDimension = 200
    /// Tokens with fewer neighbours (of weight 1) have no vector.
    private static let fewestNeighbours: UInt64 = 6
    /// About so many tokens of a corpus are looked at.
    private static let tokenLimit = 10_000_000
    private static let smoothing = 0.875

    /// Vectors for a tokenizer's vocabulary from documents, whose order does not matter.
    ///
    /// Of a corpus of more than ten million tokens a sample is looked at, chosen by the documents' ids. Same documents, tokenizer and seed give
    /// the same bits, whatever the number of threads. Complexity: linear in the tokens, then O(pairs · dimension).
    public init(
        _ documents: [Document], tokenizer: any SubwordTokenizer, dimension: Int = defaultDimension, seed: UInt64 = 1,
        threads: Int = 1
    ) {
        let size = tokenizer.vocabularySize
        let texts = Self.sample(documents, tokenizer: tokenizer, threads: threads)
        let counts = CooccurrenceCounts(texts, vocabularySize: size, threads: threads)
        let matrix = Self.positiveInformation(counts)
        let (values, vectors) = SubspaceIteration.eigenpairs(of: matrix, count: dimension, threads: threads) {
            row, span in
            var normal = NormalGenerator(seed: seed, row: row)
            for place in span.indices { span[place] = Float(normal.next()) }
        }
        var rows = Matrix(rows: size, columns: values.count)
        let roots = values.map { Float(abs($0).squareRoot()) }
        rows.fillRows(threads: threads) { row, span in
            vectors.withRow(row) { vector in
                for column in span.indices { span[column] = vector[column] * roots[column] }
            }
        }
        self.rows = rows
    }

    private static func sample(
        _ documents: [Document], tokenizer: any SubwordTokenizer, threads: Int
    ) -> [[Int32]] {
        let size = 256
        let pieces = FixedParallel.map((documents.count + size - 1) / size, threads: threads) { piece in
            tokenizer.encode(documents[(piece * size)..<min((piece + 1) * size, documents.count)].map(\.contents))
        }
        let texts = pieces.flatMap { $0 }
        let total = texts.reduce(0) { $0 + $1.count }
        if total <= tokenLimit { return texts }
        let share = Double(tokenLimit) / Double(total)
        return zip(documents, texts).filter {
            Double(StableHash.fnv1a64($0.0.id, seed: 1) >> 11) * 0x1p-53 < share
        }.map(\.1)
    }

    /// max(0, log(#(a, b) · Σ #^s′ / (#(a)^s #(b)^s))) with s = 0.875 and s′ = 0.75.
    private static func positiveInformation(_ counts: CooccurrenceCounts) -> SparseMatrix {
        let unit = Double(CooccurrenceCounts.unit)
        let sums = counts.rows.map { row in row.reduce(0) { $0 + $1.count } }
        let known = sums.map { $0 >= fewestNeighbours * CooccurrenceCounts.unit }
        let logs = sums.map { smoothing * log(Double(max($0, 1)) / unit) }
        let total = zip(sums, known).reduce(0) { $0 + ($1.1 ? pow(Double($1.0) / unit, 2 * smoothing - 1) : 0) }
        let constant = log(max(total, .leastNormalMagnitude))
        var offsets = [0]
        var places: [Int32] = []
        var values: [Float] = []
        for (token, row) in counts.rows.enumerated() {
            if known[token] {
                for entry in row where known[Int(entry.token)] {
                    let information = log(Double(entry.count) / unit) + constant - logs[token] - logs[Int(entry.token)]
                    if information <= 0 { continue }
                    places.append(entry.token)
                    values.append(Float(information))
                }
            }
            offsets.append(places.count)
        }
        return SparseMatrix(columns: counts.rows.count, offsets: offsets, places: places, values: values)
    }
}
