/// The eigenvectors of a sparse symmetric matrix that belong to the eigenvalues of largest magnitude.
///
/// Randomized subspace iteration with a Rayleigh–Ritz step at the end: Halko, Martinsson, Tropp, Finding Structure with Randomness, SIAM
/// Review 53 (2011), algorithms 4.4 and 5.3. Ten more vectors are carried along than asked for (section 4.2).
package enum SubspaceIteration {
    private static let oversampling = 10

    /// Up to `count` eigenpairs, largest magnitude first; column j of `vectors` belongs to `values[j]`.
    ///
    /// `start` gives random normal numbers by row and column. Fewer pairs come back where the matrix has a lower rank. Complexity: O((iterations
    /// + 2) · (entries · count + rows · count²)). The bits do not depend on the number of threads.
    package static func eigenpairs(
        of matrix: SparseMatrix, count: Int, iterations: Int = 3, threads: Int,
        start: @Sendable (_ row: Int, inout MutableSpan<Float>) -> Void
    ) -> (values: [Double], vectors: Matrix) {
        precondition(matrix.rows == matrix.columns, "the matrix is not square")
        let width = min(count + oversampling, matrix.rows)
        guard width > 0, count > 0 else { return ([], Matrix(rows: matrix.rows, columns: 0)) }
        var basis = Matrix(rows: matrix.rows, columns: width)
        basis.fillRows(threads: threads, start)
        for _ in 0..<(iterations + 1) {
            basis = orthonormal(matrix.multiplied(by: basis, threads: threads), threads: threads)
            if basis.columns == 0 { return ([], basis) }
        }
        let image = matrix.multiplied(by: basis, threads: threads)
        let small = SymmetricEigenvalues(product(basis, image, threads: threads))
        let order = small.values.indices
            .sorted { (abs(small.values[$0]), $1) > (abs(small.values[$1]), $0) }
            .prefix(count)
        let turn = order.map { small.vectors[$0] }
        return (order.map { small.values[$0] }, turned(basis, by: turn, threads: threads))
    }

    /// Orthonormal columns that span those of a matrix: Y V D^(−½) with YᵀY = V D Vᵀ; directions of no length are left out.
    private static func orthonormal(_ matrix: Matrix, threads: Int) -> Matrix {
        let gram = SymmetricEigenvalues(product(matrix, matrix, threads: threads))
        // Below this share of the longest direction, single precision leaves nothing but rounding.
        let least = (gram.values.max() ?? 0) * 1e-10
        let kept = gram.values.indices.filter { gram.values[$0] > least }
        return turned(
            matrix, by: kept.map { j in gram.vectors[j].map { $0 / gram.values[j].squareRoot() } }, threads: threads)
    }

    /// AᵀB in double precision.
    private static func product(_ a: Matrix, _ b: Matrix, threads: Int) -> [[Double]] {
        var result = Matrix(rows: a.columns, columns: b.columns)
        MatrixProduct.transposedMultiply(a.window, b.window, into: &result, threads: threads)
        return (0..<result.rows).map { row in result.row(row).map(Double.init) }
    }

    /// A times the matrix whose columns are given.
    private static func turned(_ a: Matrix, by columns: [[Double]], threads: Int) -> Matrix {
        var turn = Matrix(rows: columns.count, columns: a.columns)
        for (row, values) in columns.enumerated() {
            turn.withMutableRow(row) { span in for place in span.indices { span[place] = Float(values[place]) } }
        }
        var result = Matrix(rows: a.rows, columns: columns.count)
        if columns.isEmpty { return result }
        MatrixProduct.multiplyTransposed(a.window, turn.window, into: &result, threads: threads)
        return result
    }
}
