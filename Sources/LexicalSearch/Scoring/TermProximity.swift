/// How near to one another a query's terms stand in a document, as a score.
///
/// Büttcher, Clarke and Lushman, "Term Proximity Scoring for Ad-Hoc Retrieval on Very Large Text Collections", SIGIR 2006: the document's
/// occurrences of query terms are taken in the order of their positions, and each two neighbours t, u of different terms, d positions
/// apart, add w(u) / d² to acc(t) and w(t) / d² to acc(u), w being the inverse document frequency. The score is the sum over the distinct terms of
/// min(1, w(t)) · acc(t) · (k1 + 1) / (acc(t) + K), with BM25's K = k1 · (1 − b + b · dl / avgdl).
///
/// Here w is that of the similarity, and the factor k1 + 1 is left out for the variants that leave it out of BM25 (`lucene`,
/// `robertson`, `lucene-1byte`), so that both parts keep the proportion of the paper. How often a term occurs in the query does not count.
/// Neighbours at one position, as a word and a pair of characters that begin together, are no neighbours of each other.
struct TermProximity: Sendable {
    /// An occurrence of a query term in a document.
    struct Occurrence: Sendable {
        var position: UInt32
        /// The place of the term among the query's.
        var term: Int
    }

    /// The inverse document frequency of each term of the query.
    let weights: [Double]
    /// k1 + 1, or 1.
    let factor: Double
    private var accumulators: [Double]

    init(weights: [Double], similarity: BM25) {
        self.weights = weights
        factor =
            switch similarity.variant {
            case .atire, .bm25Plus, .bm25L: similarity.k1 + 1
            case .lucene, .robertson, .luceneOneByte: 1
            }
        accumulators = weights.map { _ in 0 }
    }

    /// The score of a document from the occurrences in ascending order of positions and 1 / K; 0 or more.
    mutating func score(_ occurrences: [Occurrence], inverseNorm: Float) -> Double {
        for term in accumulators.indices { accumulators[term] = 0 }
        for (first, second) in zip(occurrences, occurrences.dropFirst())
        where first.term != second.term && first.position < second.position {
            let distance = Double(second.position - first.position)
            accumulators[first.term] += weights[second.term] / (distance * distance)
            accumulators[second.term] += weights[first.term] / (distance * distance)
        }
        var sum = 0.0
        for (term, accumulator) in accumulators.enumerated() where accumulator > 0 {
            // acc / (acc + K) with x = acc / K; the limit where K is 0.
            let x = accumulator * Double(inverseNorm)
            sum += min(1, weights[term]) * factor * (x.isFinite ? x / (1 + x) : 1)
        }
        return sum
    }
}
