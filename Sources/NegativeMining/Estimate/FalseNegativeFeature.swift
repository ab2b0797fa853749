/// What is known of a candidate when its probability is estimated; all are free of the scale of scores.
///
/// μ, σ and the best score are those of the query's best 20 candidates whatever the window, s⁺ is the lowest score of a positive that the retriever knows (the
/// best candidate's where it knows none), and overlap is measured with the most similar positive, the query's own terms left out.
public enum FalseNegativeFeature: String, Sendable, Hashable, Codable, CaseIterable {
    /// (s − s⁺) / σ, between −10 and 10.
    case positiveGap
    /// (s − μ) / σ.
    case zScore
    /// (s − best) / σ.
    case bestGap
    /// ln(1 + rank).
    case logRank
    /// Σ idf of common terms / √(Σ idf of the candidate's · Σ idf of the positive's).
    case overlap
    /// The overlap minus its mean over the best 20, over its deviation.
    case overlapZScore
    /// The share of common terms in both titles.
    case titleOverlap
    /// `positiveGap` in the scores of a second retriever.
    case secondPositiveGap
    /// `zScore` in the scores of a second retriever.
    case secondZScore
    /// `bestGap` in the scores of a second retriever.
    case secondBestGap

    /// The features of one retriever.
    static let ofOne = allCases.filter { !ofSecond.contains($0) }
    /// The features that a second retriever adds.
    static let ofSecond: [FalseNegativeFeature] = [.secondPositiveGap, .secondZScore, .secondBestGap]

    /// How many candidates decide means and deviations.
    static let referenceDepth = 20
}
