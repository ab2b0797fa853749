/// L2 normalisation of rows and its derivative.
package enum RowNormalization {
    private static let rowsPerPiece = 128

    /// Divides each row by its norm and returns the norms; a row of zeros stays as it is and has norm 0.
    package static func normalize(_ matrix: inout Matrix, norms: inout [Float], threads: Int) {
        let rows = matrix.rows
        let columns = matrix.columns
        if norms.count != rows { norms = [Float](repeating: 0, count: rows) }
        let target = matrix.withMutableBase { FloatPointer($0) }
        let kernels = VectorKernels.best.table.pointee
        norms.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            let out = FloatPointer(start)
            FixedParallel.forEachRange(rows, size: rowsPerPiece, threads: threads) { range in
                for row in range {
                    let values = target.base + row * columns
                    var square: Float = 0
                    kernels.dots(values, 1, columns, values, 1, columns, columns, &square, 1)
                    let norm = square.squareRoot()
                    out.base[row] = norm
                    if norm > 0 { kernels.scale(1 / norm, values, columns) }
                }
            }
        }
    }

    /// Turns gradients for unit rows into gradients for the rows before normalisation: (g − (g · û) û) / ‖u‖, and 0 where the norm is 0.
    package static func backpropagate(unit: Matrix, norms: [Float], gradient: inout Matrix, threads: Int) {
        precondition(unit.rows == gradient.rows && unit.columns == gradient.columns && norms.count == unit.rows)
        let columns = unit.columns
        let rows = ConstFloatPointer(unit.constBase)
        let target = gradient.withMutableBase { FloatPointer($0) }
        let kernels = VectorKernels.best.table.pointee
        FixedParallel.forEachRange(unit.rows, size: rowsPerPiece, threads: threads) { range in
            for row in range {
                let g = target.base + row * columns
                if norms[row] > 0 {
                    let u = rows.base + row * columns
                    var along: Float = 0
                    kernels.dots(g, 1, columns, u, 1, columns, columns, &along, 1)
                    kernels.axpy(-along, u, g, columns)
                    kernels.scale(1 / norms[row], g, columns)
                } else {
                    kernels.scale(0, g, columns)
                }
            }
        }
    }
}
