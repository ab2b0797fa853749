import RetrievalData

/// How two rankings become one.
public enum Fusion: Sendable, Hashable {
    /// Σ 1 / (constant + rank), ranks from 1 (Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and Individual Rank
    /// Learning Methods, SIGIR 2009, the formula of section 2; 60 is the paper's constant).
    case reciprocalRank(constant: Double)
    /// normalised lexical score + weight · normalised dense score; `maximum` leaves the dense one, a cosine, as it is.
    case weighted(weight: Double, normalization: ScoreNormalization)

    /// Reciprocal rank fusion with the paper's constant.
    public static let rrf = Fusion.reciprocalRank(constant: 60)

    /// lexical / highest lexical score of the query + weight · cosine.
    public static func weighted(weight: Double) -> Fusion { .weighted(weight: weight, normalization: .maximum) }
}
