/// Layer normalization of rows and its derivative (Ba, Kiros and Hinton: Layer Normalization, 2016).
package enum LayerNormalization {
    /// What the forward pass keeps of each row for the backward pass.
    package struct Statistics: Sendable {
        /// The mean and 1 / √(variance + ε) of each row.
        fileprivate var values: [Float] = []

        /// Statistics of no rows.
        package init() {}

        fileprivate mutating func resize(_ rows: Int) {
            if values.count != 2 * rows { values = [Float](repeating: 0, count: 2 * rows) }
        }
    }

    private static let rowsPerPiece = 64

    /// y = weight (x − mean) / √(variance + ε) + bias for each row x, the variance over all columns.
    ///
    /// The weight and the bias have one value a column. `output` gets the shape of the input.
    package static func apply(
        _ input: Matrix, weight: [Float], bias: [Float], epsilon: Float, into output: inout Matrix,
        statistics: inout Statistics, threads: Int = 1
    ) {
        // Without a residual the input is only read.
        let source = FloatPointer(UnsafeMutablePointer(mutating: input.constBase))
        run(
            source, nil, rows: input.rows, columns: input.columns, weight, bias, epsilon, &output, &statistics, threads)
        withExtendedLifetime(input) {}
    }

    /// The same for input + residual, which the input becomes.
    package static func apply(
        _ input: inout Matrix, adding residual: Matrix, weight: [Float], bias: [Float], epsilon: Float,
        into output: inout Matrix, statistics: inout Statistics, threads: Int = 1
    ) {
        precondition(residual.rows == input.rows && residual.columns == input.columns, "the shapes differ")
        let source = input.withMutableBase { FloatPointer($0) }
        let residualBase = ConstFloatPointer(residual.constBase)
        run(
            source, residualBase, rows: input.rows, columns: input.columns, weight, bias, epsilon, &output, &statistics,
            threads)
        withExtendedLifetime(residual) {}
    }

    private static func run(
        _ source: FloatPointer, _ residual: ConstFloatPointer?, rows: Int, columns: Int, _ weight: [Float],
        _ bias: [Float], _ epsilon: Float, _ output: inout Matrix, _ statistics: inout Statistics, _ threads: Int
    ) {
        precondition(weight.count == columns && bias.count == columns, "one weight and one bias a column")
        output.reshape(rows: rows, columns: columns)
        statistics.resize(rows)
        let target = output.withMutableBase { FloatPointer($0) }
        let kernels = TransformerKernels.best
        weight.withPointer { weight in
            bias.withPointer { bias in
                statistics.values.withMutablePointer { values in
                    FixedParallel.forEachRange(rows, size: rowsPerPiece, threads: threads) { range in
                        for row in range {
                            let from = row * columns
                            kernels.normalize(
                                source.base + from, residual.map { $0.base + from }, weight.base, bias.base, epsilon,
                                target.base + from, columns, values.base + 2 * row)
                        }
                    }
                }
            }
        }
    }

    /// Turns gradients of the output into those of the input, and adds those of weight and bias to what is there.
    ///
    /// With x̂ = (x − mean) r, r the reciprocal deviation and h = weight g: ∂x = r (h − mean(h) − x̂ mean(h x̂)), ∂weight = Σ g x̂,
    /// ∂bias = Σ g over the rows. The sums over rows are made piece by piece in a fixed order.
    package static func backpropagate(
        input: Matrix, statistics: Statistics, weight: [Float], gradient: inout Matrix, weightGradient: inout [Float],
        biasGradient: inout [Float], threads: Int = 1
    ) {
        let rows = input.rows
        let columns = input.columns
        precondition(gradient.rows == rows && gradient.columns == columns, "the shapes differ")
        precondition(
            statistics.values.count == 2 * rows && weight.count == columns, "statistics or weight of another shape")
        precondition(weightGradient.count == columns && biasGradient.count == columns, "gradients of another shape")
        let pieces = (rows + rowsPerPiece - 1) / rowsPerPiece
        var sums = Matrix(rows: pieces, columns: 2 * columns)
        let source = ConstFloatPointer(input.constBase)
        let target = gradient.withMutableBase { FloatPointer($0) }
        let partial = sums.withMutableBase { FloatPointer($0) }
        let kernels = TransformerKernels.best
        weight.withPointer { weight in
            FixedParallel.forEachRange(rows, size: rowsPerPiece, threads: threads) { range in
                let weightSum = partial.base + range.lowerBound / rowsPerPiece * 2 * columns
                let biasSum = weightSum + columns
                for row in range {
                    kernels.normalize_gradient(
                        source.base + row * columns, weight.base, target.base + row * columns, weightSum, biasSum,
                        columns, statistics.values[2 * row], statistics.values[2 * row + 1])
                }
            }
        }
        for piece in 0..<pieces {
            sums.withRow(piece) { row in
                for column in 0..<columns {
                    weightGradient[column] += row[column]
                    biasGradient[column] += row[columns + column]
                }
            }
        }
    }
}
