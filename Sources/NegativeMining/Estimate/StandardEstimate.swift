extension FalseNegativeEstimate {
    /// The coefficients for queries of which hardly any has several positives.
    ///
    /// Fitted on the train split of SciFact (claims and abstracts; 187 hidden positives of 77 claims) over BM25 with the English analyzer and
    /// rounded to four digits: `decoy audit scifact.index --queries scifact/queries.jsonl --qrels scifact/qrels/train.tsv
    /// --false-negative-recall 0.9 --save-estimate FILE`. The limit asks for more than the usual 85 of 100, since it is for other corpora than
    /// this; how it fares elsewhere is in the article "False negatives".
    public static let standard = FalseNegativeEstimate(
        origin: .standard, features: FalseNegativeFeature.ofOne,
        coefficients: LogisticRegression(
            weights: [0.04883, 0.3706, 0.05649, -0.1234, -3.849, 0.9495, 3.798], intercept: -5.385),
        limit: 0.008059, recall: 0.9, hiddenPositives: 173, others: 18527, meanOfHidden: 0.2379,
        calibration: [
            CalibrationBin(from: 0, to: 0.001, count: 6909, predicted: 0.0006397, observed: 0.0001447),
            CalibrationBin(from: 0.001, to: 0.002, count: 5072, predicted: 0.00141, observed: 0.0003943),
            CalibrationBin(from: 0.002, to: 0.005, count: 3696, predicted: 0.003068, observed: 0.001894),
            CalibrationBin(from: 0.005, to: 0.01, count: 1320, predicted: 0.006915, observed: 0.008333),
            CalibrationBin(from: 0.01, to: 0.02, count: 678, predicted: 0.01388, observed: 0.01622),
            CalibrationBin(from: 0.02, to: 0.05, count: 490, predicted: 0.03185, observed: 0.03469),
            CalibrationBin(from: 0.05, to: 0.1, count: 222, predicted: 0.07, observed: 0.07658),
            CalibrationBin(from: 0.1, to: 0.2, count: 127, predicted: 0.1397, observed: 0.2835),
            CalibrationBin(from: 0.2, to: 0.5, count: 130, predicted: 0.335, observed: 0.3538),
            CalibrationBin(from: 0.5, to: 1, count: 56, predicted: 0.6985, observed: 0.4464),
        ])
}
