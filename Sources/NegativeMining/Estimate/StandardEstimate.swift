extension FalseNegativeEstimate {
    /// The coefficients for queries of which hardly any has several positives.
    ///
    /// Fitted on the train split of SciFact (claims and abstracts; 77 claims with several positives) over BM25 with the English analyzer, rounded to
    /// four digits: `decoy audit scifact.index --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv --save-estimate FILE`. How they
    /// fare elsewhere is in the article "False negatives".
    public static let standard = FalseNegativeEstimate(
        origin: .standard, features: FalseNegativeFeature.ofOne,
        coefficients: LogisticRegression(
            weights: [0.09154, 0.2717, 0.1659, -0.241, -8.842, 1.174, 5.479], intercept: -4.491),
        limit: 0.02444, recall: 0.85, hiddenPositives: 72, others: 7628, meanOfHidden: 0.2979,
        calibration: [
            CalibrationBin(from: 0, to: 0.001, count: 4364, predicted: 0.0004828, observed: 0.0),
            CalibrationBin(from: 0.001, to: 0.002, count: 1329, predicted: 0.001414, observed: 0.0007524),
            CalibrationBin(from: 0.002, to: 0.005, count: 1014, predicted: 0.003089, observed: 0.0009862),
            CalibrationBin(from: 0.005, to: 0.01, count: 359, predicted: 0.007045, observed: 0.005571),
            CalibrationBin(from: 0.01, to: 0.02, count: 250, predicted: 0.01379, observed: 0.02),
            CalibrationBin(from: 0.02, to: 0.05, count: 166, predicted: 0.03108, observed: 0.03614),
            CalibrationBin(from: 0.05, to: 0.1, count: 73, predicted: 0.07068, observed: 0.09589),
            CalibrationBin(from: 0.1, to: 0.2, count: 57, predicted: 0.1382, observed: 0.2281),
            CalibrationBin(from: 0.2, to: 0.5, count: 54, predicted: 0.3264, observed: 0.3148),
            CalibrationBin(from: 0.5, to: 1, count: 34, predicted: 0.6788, observed: 0.5882),
        ])
}
