/// Adds a row to every row, and with it another matrix of the same shape.
package enum RowAddition {
    /// x += bias, and x += residual where there is one; the bias has a value for each column.
    package static func apply(
        _ matrix: inout Matrix, bias: [Float], residual: Matrix? = nil, threads: Int = 1
    ) {
        let columns = matrix.columns
        let rows = matrix.rows
        precondition(bias.count == columns, "the bias needs a value for each column")
        if let residual {
            precondition(residual.rows == rows && residual.columns == columns, "the residual has another shape")
        }
        let target = matrix.withMutableBase { FloatPointer($0) }
        let other = residual.map { ConstFloatPointer($0.constBase) }
        FixedParallel.forEachRange(rows, size: LayerNormalization.rowsPerPiece, threads: threads) { range in
            bias.withUnsafeBufferPointer { bias in
                guard let bias = bias.baseAddress else { return }
                for row in range {
                    let base = target.base + row * columns
                    if let other {
                        let from = other.base + row * columns
                        Lanes.update(base, columns) { index, values in
                            values + Lanes.load(bias + index, columns - index)
                                + Lanes.load(from + index, columns - index)
                        }
                    } else {
                        Lanes.update(base, columns) { index, values in
                            values + Lanes.load(bias + index, columns - index)
                        }
                    }
                }
            }
        }
        withExtendedLifetime(residual) {}
    }
}
