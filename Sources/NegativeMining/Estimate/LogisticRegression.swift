import Essentials

/// A logistic regression: the probability of a yes is σ(intercept + Σ weights · features).
///
/// Fitted by Newton's method (iteratively reweighted least squares; Hastie, Tibshirani, Friedman: The Elements of Statistical Learning,
/// 2nd edition, section 4.4.1) with a penalty of λ/2 · ‖weights‖²; the intercept is not penalized. Rows are added in their order, so equal
/// rows give equal bits.
public struct LogisticRegression: Sendable, Hashable, Codable {
    /// One weight a feature.
    public var weights: [Double]
    /// What stands beside the weighted features.
    public var intercept: Double

    /// A regression from its parts.
    public init(weights: [Double], intercept: Double) {
        self.weights = weights
        self.intercept = intercept
    }

    /// The logit of a row of features.
    public func logit(_ row: some Sequence<Double>) -> Double {
        zip(weights, row).reduce(intercept) { $0 + $1.0 * $1.1 }
    }

    /// σ(x) = 1 / (1 + e⁻ˣ).
    public static func sigmoid(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }

    /// Fits rows of `width` features each, which stand one after the other, to their labels.
    ///
    /// Nil where all labels are equal, or the rows are too few or not finite. Complexity: O(rows · width²) a step, some ten steps.
    public static func fit(_ features: [Double], width: Int, labels: [Bool], penalty: Double) -> LogisticRegression? {
        let positives = labels.count { $0 }
        guard width > 0, positives > 0, positives < labels.count, features.count == width * labels.count else {
            return nil
        }
        let odds = Double(positives) / Double(labels.count - positives)
        var model = LogisticRegression(weights: Array(repeating: 0, count: width), intercept: log(odds))
        var loss = model.loss(features, labels, penalty)
        for _ in 0..<100 {
            guard let step = model.newtonStep(features, labels, penalty) else { return nil }
            var scale = 1.0
            var next = model.moved(step, scale)
            var nextLoss = next.loss(features, labels, penalty)
            while !(nextLoss <= loss), scale > 1e-6 {
                scale /= 2
                next = model.moved(step, scale)
                nextLoss = next.loss(features, labels, penalty)
            }
            guard nextLoss <= loss else { break }
            model = next
            loss = nextLoss
            let longest = step.reduce(0) { max($0, $1.magnitude) } * scale
            if longest < 1e-9 { break }
        }
        return loss.isFinite ? model : nil
    }

    private func moved(_ step: [Double], _ scale: Double) -> LogisticRegression {
        LogisticRegression(
            weights: zip(weights, step).map { $0 - scale * $1 }, intercept: intercept - scale * (step.last ?? 0))
    }

    /// −log likelihood + λ/2 · ‖weights‖².
    private func loss(_ features: [Double], _ labels: [Bool], _ penalty: Double) -> Double {
        var sum = 0.0
        for (row, label) in labels.enumerated() {
            let logit = logit(features[row * weights.count..<(row + 1) * weights.count])
            let signed = label ? -logit : logit
            sum += max(signed, 0) + log1p(exp(-signed.magnitude))
        }
        return sum + penalty / 2 * weights.reduce(0) { $0 + $1 * $1 }
    }

    /// The inverse of the Hessian times the gradient, the intercept last.
    private func newtonStep(_ features: [Double], _ labels: [Bool], _ penalty: Double) -> [Double]? {
        let width = weights.count
        let size = width + 1
        var gradient = weights.map { $0 * penalty } + [0]
        var hessian = [Double](repeating: 0, count: size * size)
        for place in 0..<width { hessian[place * size + place] = penalty }
        var row = [Double](repeating: 1, count: size)
        for (number, label) in labels.enumerated() {
            for place in 0..<width { row[place] = features[number * width + place] }
            let probability = Self.sigmoid(logit(row))
            let difference = probability - (label ? 1 : 0)
            let curvature = probability * (1 - probability)
            for i in 0..<size {
                gradient[i] += difference * row[i]
                let scaled = curvature * row[i]
                for j in 0...i { hessian[i * size + j] += scaled * row[j] }
            }
        }
        return CholeskySolver.solve(hessian, gradient)
    }
}
