extension FalseNegativeEstimate {
    /// The coefficients for queries of which hardly any has several positives.
    public static let standard = FalseNegativeEstimate(
        origin: .standard, features: FalseNegativeFeature.ofOne,
        coefficients: LogisticRegression(weights: [0, 0, 0, 0, 0, 0, 0], intercept: 0),
        limit: 0.5, recall: 0.85, hiddenPositives: 0, others: 0, meanOfHidden: 0, calibration: [])
}
