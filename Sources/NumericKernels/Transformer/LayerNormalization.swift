/// Layer normalization of rows and its derivative (Ba, Kiros and Hinton: Layer Normalization, 2016).
package enum LayerNormalization {
    /// What the forward pass keeps of each row for the backward pass.
    package struct Statistics: Sendable {
        /// The mean of each row.
        package fileprivate(set) var means: [Float] = []
        /// 1 / √(variance + ε) of each row.
        package fileprivate(set) var reciprocalDeviations: [Float] = []

        /// Statistics of no rows.
        package init() {}

        fileprivate mutating func resize(_ rows: Int) {
            guard means.count != rows else { return }
            means = [Float](repeating: 0, count: rows)
            reciprocalDeviations = [Float](repeating: 0, count: rows)
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
        let columns = input.columns
        precondition(weight.count == columns && bias.count == columns, "one weight and one bias a column")
        output.reshape(rows: input.rows, columns: columns)
        statistics.resize(input.rows)
        let source = ConstFloatPointer(input.constBase)
        let target = output.withMutableBase { FloatPointer($0) }
        weight.withPointer { weight in
            bias.withPointer { bias in
                statistics.means.withMutablePointer { means in
                    statistics.reciprocalDeviations.withMutablePointer { reciprocals in
                        FixedParallel.forEachRange(input.rows, size: rowsPerPiece, threads: threads) { range in
                            for row in range {
                                let x = source.base + row * columns
                                let y = target.base + row * columns
                                let mean = VectorFunctions.sum(x, x, columns) { x, _ in x } / Float(columns)
                                let squares = VectorFunctions.sum(x, x, columns) { x, _ in (x - mean) * (x - mean) }
                                let reciprocal = 1 / (squares / Float(columns) + epsilon).squareRoot()
                                means.base[row] = mean
                                reciprocals.base[row] = reciprocal
                                VectorFunctions.map(y, x, columns) { _, x in (x - mean) * reciprocal }
                                VectorFunctions.map(y, weight.base, columns) { y, weight in y * weight }
                                VectorFunctions.map(y, bias.base, columns) { y, bias in y + bias }
                            }
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
        precondition(statistics.means.count == rows && weight.count == columns, "statistics or weight of another shape")
        precondition(weightGradient.count == columns && biasGradient.count == columns, "gradients of another shape")
        let pieces = (rows + rowsPerPiece - 1) / rowsPerPiece
        var sums = Matrix(rows: pieces, columns: 2 * columns)
        let source = ConstFloatPointer(input.constBase)
        let target = gradient.withMutableBase { FloatPointer($0) }
        let partial = sums.withMutableBase { FloatPointer($0) }
        weight.withPointer { weight in
            FixedParallel.forEachRange(rows, size: rowsPerPiece, threads: threads) { range in
                let weightSum = partial.base + range.lowerBound / rowsPerPiece * 2 * columns
                let biasSum = weightSum + columns
                let unit = UnsafeMutablePointer<Float>.allocate(capacity: columns)
                defer { unit.deallocate() }
                for row in range {
                    let x = source.base + row * columns
                    let g = target.base + row * columns
                    let mean = statistics.means[row]
                    let reciprocal = statistics.reciprocalDeviations[row]
                    unit.initialize(from: x, count: columns)
                    VectorFunctions.map(unit, unit, columns) { x, _ in (x - mean) * reciprocal }
                    VectorFunctions.map(biasSum, g, columns) { sum, g in sum + g }
                    VectorFunctions.addProduct(g, unit, to: weightSum, columns)
                    VectorFunctions.map(g, weight.base, columns) { g, weight in g * weight }
                    let level = VectorFunctions.sum(g, g, columns) { h, _ in h } / Float(columns)
                    let along = VectorFunctions.sum(g, unit, columns) { h, unit in h * unit } / Float(columns)
                    VectorFunctions.map(g, unit, columns) { h, unit in (h - level - unit * along) * reciprocal }
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
