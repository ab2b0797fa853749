/// Softmax over the rows of a matrix and its derivative.
package enum Softmax {
    private static let rowsPerPiece = 64

    /// Replaces each row s by pⱼ = exp(scale sⱼ) / Σₖ exp(scale sₖ).
    ///
    /// A score of −∞ is masked and gets probability 0; a row with nothing but masked scores becomes zeros. The scale must be above 0.
    package static func apply(_ scores: inout Matrix, scale: Float = 1, threads: Int = 1) {
        let columns = scores.columns
        let target = scores.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(scores.rows, size: rowsPerPiece, threads: threads) { range in
            for row in range { apply(target.base + row * columns, columns, scale) }
        }
    }

    /// Turns gradients of the probabilities into those of the scores: scale pⱼ (gⱼ − Σₖ gₖ pₖ).
    package static func backpropagate(
        probabilities: Matrix, gradient: inout Matrix, scale: Float = 1, threads: Int = 1
    ) {
        precondition(
            probabilities.rows == gradient.rows && probabilities.columns == gradient.columns, "the shapes differ")
        let columns = gradient.columns
        let source = ConstFloatPointer(probabilities.constBase)
        let target = gradient.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(gradient.rows, size: rowsPerPiece, threads: threads) { range in
            for row in range {
                backpropagate(source.base + row * columns, target.base + row * columns, columns, scale)
            }
        }
    }

    /// The softmax of one row.
    static func apply(_ row: UnsafeMutablePointer<Float>, _ count: Int, _ scale: Float) {
        var tops = Lanes(repeating: -.infinity)
        var index = 0
        while index < count {
            let rest = min(8, count - index)
            let scores =
                rest == 8
                ? VectorFunctions.load(row + index) : VectorFunctions.load(row + index, rest, filler: -.infinity)
            tops = tops.replacing(with: scores, where: scores .> tops)
            index += 8
        }
        let top = tops.max()
        guard top > -.infinity else { return row.update(repeating: 0, count: count) }
        VectorFunctions.map(row, row, count) { score, _ in
            VectorFunctions.exp((score - top) * scale).replacing(with: 0, where: score .== -.infinity)
        }
        let total = VectorFunctions.sum(row, row, count) { exponential, _ in exponential }
        let factor = 1 / total
        VectorFunctions.map(row, row, count) { exponential, _ in exponential * factor }
    }

    /// The derivative of one row.
    static func backpropagate(
        _ probabilities: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, _ count: Int, _ scale: Float
    ) {
        let mean = VectorFunctions.sum(probabilities, gradient, count) { p, g in p * g }
        VectorFunctions.map(gradient, probabilities, count) { g, p in p * (g - mean) * scale }
    }
}
