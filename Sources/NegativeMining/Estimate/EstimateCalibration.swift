extension FalseNegativeEstimate {
    /// Fits coefficients, calibration and limit; nil where there are too few hidden positives or a part has none to fit on.
    ///
    /// Platt's scaling (Platt 1999: Probabilistic outputs for support vector machines) of logits said by coefficients of the other parts
    /// makes them calibrated; bins and limit come from the same logits.
    static func fit(_ examples: HiddenPositiveExamples, options: EstimateOptions) -> FalseNegativeEstimate? {
        guard examples.positiveCount >= max(options.minimumHidden, 2) else { return nil }
        var logits = [Double](repeating: 0, count: examples.labels.count)
        for part in Set(examples.parts).sorted() {
            let others = examples.filtered { $0 != part }
            guard let model = standardizedFit(others, penalty: options.penalty) else { return nil }
            for row in logits.indices where examples.parts[row] == part { logits[row] = model.logit(examples.row(row)) }
        }
        guard let scaling = LogisticRegression.fit(logits, width: 1, labels: examples.labels, penalty: 1e-3),
            let slope = scaling.weights.first, slope > 0,
            let model = standardizedFit(examples, penalty: options.penalty)
        else { return nil }
        let probabilities = logits.map { LogisticRegression.sigmoid(scaling.logit([$0])) }
        let hidden = probabilities.indices.filter { examples.labels[$0] }.map { probabilities[$0] }
        return FalseNegativeEstimate(
            origin: .fitted, features: examples.names,
            coefficients: LogisticRegression(
                weights: model.weights.map { $0 * slope }, intercept: model.intercept * slope + scaling.intercept),
            limit: options.limit ?? limit(keepingOut: options.recall, of: hidden),
            recall: options.limit == nil ? options.recall : nil, hiddenPositives: hidden.count,
            others: probabilities.count - hidden.count, meanOfHidden: hidden.reduce(0, +) / Double(hidden.count),
            calibration: CalibrationBin.bins(probabilities, labels: examples.labels))
    }

    /// The highest limit that a share of the probabilities exceeds: halfway to the next lower one.
    static func limit(keepingOut share: Double, of probabilities: [Double]) -> Double {
        let sorted = probabilities.sorted(by: >)
        let wanted = min(max(Int((share * Double(sorted.count)).rounded(.up)), 1), max(sorted.count, 1))
        guard let last = sorted.dropFirst(wanted - 1).first else { return 1 }
        guard let next = sorted.dropFirst(wanted).first(where: { $0 < last }) else { return last.nextDown }
        // Ties are kept out together.
        return (last + next) / 2
    }

    /// Fits standardized features, so that the penalty weighs on all alike, and returns coefficients of the features as they are.
    private static func standardizedFit(_ examples: HiddenPositiveExamples, penalty: Double) -> LogisticRegression? {
        let width = examples.names.count
        let moments = (0..<width).map { column in
            Moments(examples.labels.indices.map { examples.features[$0 * width + column] })
        }
        var features = examples.features
        for place in features.indices { features[place] = moments[place % width].standardized(features[place]) }
        guard let fit = LogisticRegression.fit(features, width: width, labels: examples.labels, penalty: penalty)
        else { return nil }
        let weights = zip(fit.weights, moments).map { $0 / $1.deviation }
        return LogisticRegression(
            weights: weights, intercept: zip(weights, moments).reduce(fit.intercept) { $0 - $1.0 * $1.1.mean })
    }
}
