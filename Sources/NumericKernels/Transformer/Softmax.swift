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

    /// The softmax of scale · row + bias; the bias has as many values as the row.
    static func apply(
        _ row: UnsafeMutablePointer<Float>, _ count: Int, _ scale: Float, bias: UnsafePointer<Float>? = nil
    ) {
        TransformerKernels.best.softmax(row, bias, count, scale)
    }

    /// The derivative of one row.
    static func backpropagate(
        _ probabilities: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>, _ count: Int, _ scale: Float
    ) {
        TransformerKernels.best.softmax_gradient(probabilities, gradient, count, scale)
    }
}
