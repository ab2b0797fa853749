/// Sums over the rows of a matrix, the gradient of a bias.
package enum ColumnSums {
    private static let rowsPerPiece = 128

    /// Adds the sum of each column to `sums`, piece by piece in a fixed order.
    package static func add(_ matrix: Matrix, to sums: inout [Float], threads: Int = 1) {
        let columns = matrix.columns
        precondition(sums.count == columns, "one sum a column")
        var partial = Matrix(rows: (matrix.rows + rowsPerPiece - 1) / rowsPerPiece, columns: columns)
        let source = ConstFloatPointer(matrix.constBase)
        let target = partial.withMutableBase { FloatPointer($0) }
        let kernels = TransformerKernels.best
        FixedParallel.forEachRange(matrix.rows, size: rowsPerPiece, threads: threads) { range in
            let sum = target.base + range.lowerBound / rowsPerPiece * columns
            for row in range { kernels.add(source.base + row * columns, sum, columns) }
        }
        for piece in 0..<partial.rows {
            partial.withRow(piece) { row in
                for column in 0..<columns { sums[column] += row[column] }
            }
        }
    }
}
