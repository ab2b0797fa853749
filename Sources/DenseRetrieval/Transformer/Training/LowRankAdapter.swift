import NumericKernels
import RetrievalData

/// LoRA's adapter of a linear layer: W + scale · B A in place of W (Hu et al.: LoRA, ICLR 2022).
///
/// The forward pass and the gradient of the input use the sum, which is made once a step; A and B get their gradients from the rows themselves:
/// ∂B = scale ∂Yᵀ (X Aᵀ), ∂A = scale (∂Y B)ᵀ X, at O(rank (inputs + outputs)) a row.
enum LowRankAdapter {
    /// A for the start: uniform in ± 1 / √inputs, as PyTorch fills a linear layer (Kaiming with a = √5).
    static func start(rank: Int, inputs: Int, seed: UInt64, number: Int) -> Matrix {
        var random = SeededRandom(seed: seed, item: "adapter \(number)")
        let bound = 1 / Double(inputs).squareRoot()
        return Matrix(
            columns: inputs, values: (0..<(rank * inputs)).map { _ in Float((2 * random.nextUnit() - 1) * bound) })
    }

    /// Adds scale · B A to rows of a weight.
    static func merge(
        _ a: Matrix, _ b: Matrix, scale: Float, into weight: inout Matrix, rows: Range<Int>, threads: Int
    ) {
        var product = Matrix(rows: b.rows, columns: a.columns)
        MatrixProduct.multiply(b.window, a.window, into: &product, scale: scale, threads: threads)
        for row in 0..<product.rows {
            product.withRow(row) { source in
                weight.withMutableRow(rows.lowerBound + row) { target in
                    VectorKernels.best.axpy(1, source, &target)
                }
            }
        }
    }

    /// The gradients of A and B from the inputs X and the columns of the outputs' gradient.
    static func gradients(
        inputs: Matrix, gradient: MatrixWindow, a: Matrix, b: Matrix, scale: Float, threads: Int
    ) -> (a: Matrix, b: Matrix) {
        var (aGradient, bGradient) = (
            Matrix(rows: a.rows, columns: a.columns), Matrix(rows: b.rows, columns: b.columns)
        )
        var low = Matrix(rows: inputs.rows, columns: a.rows)
        MatrixProduct.multiplyTransposed(inputs.window, a.window, into: &low, threads: threads)
        MatrixProduct.transposedMultiply(gradient, low.window, into: &bGradient, scale: scale, threads: threads)
        MatrixProduct.multiply(gradient, b.window, into: &low, threads: threads)
        MatrixProduct.transposedMultiply(low.window, inputs.window, into: &aGradient, scale: scale, threads: threads)
        return (aGradient, bGradient)
    }
}
