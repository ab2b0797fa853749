/// The sum of a sublayer's output and its input.
package enum RowAddition {
    private static let rowsPerPiece = 32

    /// x += y, both of one shape.
    package static func apply(_ matrix: inout Matrix, _ other: Matrix, threads: Int = 1) {
        let columns = matrix.columns
        precondition(other.rows == matrix.rows && other.columns == columns, "the shapes differ")
        let target = matrix.withMutableBase { FloatPointer($0) }
        let source = ConstFloatPointer(other.constBase)
        let kernels = TransformerKernels.best
        FixedParallel.forEachRange(matrix.rows, size: rowsPerPiece, threads: threads) { range in
            let from = range.lowerBound * columns
            kernels.add(source.base + from, target.base + from, range.count * columns)
        }
        withExtendedLifetime(other) {}
    }
}
