import Essentials

/// How the features of a candidate become the probability that it is an unlabelled positive, with what is known of its quality.
///
/// A logistic regression over hidden positives: of each query with several positives one was hidden among the candidates. The probability is
/// thus that of being *the one that went unlabelled where every query has one such*. It isn't divided by the share of positives that are
/// labelled (Elkan and Noto, KDD 2008, equation 1): their estimate of the share, the mean probability of hidden positives, is right only where
/// features tell positives from negatives without error, and is far too low otherwise; it stands in `meanOfHidden` for those who want it.
/// The order of candidates, and a limit chosen by `recall`, don't depend on it.
public struct FalseNegativeEstimate: Sendable, Hashable, Codable {
    /// Whether the coefficients come from the labels at hand or from elsewhere.
    public enum Origin: String, Sendable, Hashable, Codable {
        /// From hidden positives of these queries.
        case fitted
        /// Too few queries have several positives: the coefficients that come with the program.
        case standard
    }

    /// Where the coefficients come from.
    public var origin: Origin
    /// The features in the order of the weights.
    public var features: [FalseNegativeFeature]
    /// Weights of the features as they are, not standardized, and the intercept; calibration is part of them.
    public var coefficients: LogisticRegression
    /// A candidate with a higher probability is rejected.
    public var limit: Double
    /// The share of hidden positives that the limit was chosen to keep out, on queries that the coefficients weren't fitted on; nil where the
    /// limit was given.
    public var recall: Double?
    /// How many hidden positives were among the candidates.
    public var hiddenPositives: Int
    /// How many candidates there were beside them.
    public var others: Int
    /// The mean probability of hidden positives, on queries that the coefficients weren't fitted on.
    public var meanOfHidden: Double
    /// What share of candidates was a hidden positive where some probability was said, on queries that the coefficients weren't fitted on.
    public var calibration: [CalibrationBin]

    /// The probability of a row of features, in the order of `features`.
    public func probability(_ row: some Sequence<Double>) -> Double {
        LogisticRegression.sigmoid(coefficients.logit(row))
    }
}

/// The candidates whose probability lies in an interval.
public struct CalibrationBin: Sendable, Hashable, Codable {
    /// The lowest probability.
    public var from: Double
    /// The end, not included (the last bin includes 1).
    public var to: Double
    /// How many candidates.
    public var count: Int
    /// Their mean probability.
    public var predicted: Double
    /// The share of hidden positives among them.
    public var observed: Double

    private static let edges = [0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

    /// The bins that are not empty.
    static func bins(_ probabilities: [Double], labels: [Bool]) -> [CalibrationBin] {
        zip(edges, edges.dropFirst()).compactMap { from, to in
            let rows = probabilities.indices.filter {
                probabilities[$0] >= from && (probabilities[$0] < to || to == 1)
            }
            guard !rows.isEmpty else { return nil }
            let count = Double(rows.count)
            return CalibrationBin(
                from: from, to: to, count: rows.count, predicted: rows.reduce(0) { $0 + probabilities[$1] } / count,
                observed: Double(rows.count { labels[$0] }) / count)
        }
    }
}
