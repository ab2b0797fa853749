import RetrievalData

/// How two rankings become one.
public enum Fusion: Sendable, Hashable {
    /// Σ 1 / (constant + rank), ranks from 1 (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and Individual Rank
    /// Learning Methods, SIGIR 2009, the formula of section 2; 60 is the paper's constant).
    case reciprocalRank(constant: Double)
    /// normalised lexical score + weight · normalised dense score.
    case weighted(weight: Double, normalization: ScoreNormalization)

    /// Reciprocal rank fusion with the paper's constant.
    public static let rrf = Fusion.reciprocalRank(constant: 60)

    /// lexical / highest lexical score of the query + weight · cosine.
    public static func weighted(weight: Double) -> Fusion { .weighted(weight: weight, normalization: .maximum) }

    /// The reciprocal rank scores of two rankings, in the total order.
    static func reciprocalRanks(_ rankings: [[ScoredDocument]], constant: Double) -> [ScoredDocument] {
        var sums: [DocumentID: Double] = [:]
        for ranking in rankings {
            for (place, document) in ranking.enumerated() {
                sums[document.id, default: 0] += 1 / (constant + Double(place + 1))
            }
        }
        return sums.map { ScoredDocument(id: $0.key, score: $0.value) }.sorted { $0.precedes($1) }
    }
}
