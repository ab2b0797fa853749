/// Eigenvalues and eigenvectors of a small dense symmetric matrix, by Jacobi's rotations.
///
/// Golub and Van Loan, Matrix Computations, 4th edition, section 8.5.3 (cyclic Jacobi). Complexity: O(n³) a sweep, some ten sweeps.
package struct SymmetricEigenvalues: Sendable {
    /// The eigenvalues, in no order.
    package private(set) var values: [Double]
    /// Row j is the unit eigenvector of `values[j]`.
    package private(set) var vectors: [[Double]]

    /// Decomposes a matrix; only its symmetric part counts.
    package init(_ matrix: [[Double]]) {
        let count = matrix.count
        precondition(matrix.allSatisfy { $0.count == count }, "the matrix is not square")
        var a = [Double](repeating: 0, count: count * count)
        var v = a
        for i in 0..<count {
            for j in 0..<count { a[i * count + j] = (matrix[i][j] + matrix[j][i]) / 2 }
            v[i * count + i] = 1
        }
        let total = a.reduce(0) { $0 + $1 * $1 }
        for _ in 0..<60 {
            var off = 0.0
            for i in 0..<count { for j in 0..<i { off += 2 * a[i * count + j] * a[i * count + j] } }
            if !(off > total * 1e-28) { break }
            for p in 0..<count {
                for q in (p + 1)..<max(count, p + 1) { Self.rotate(&a, &v, p, q, count) }
            }
        }
        values = (0..<count).map { a[$0 * count + $0] }
        vectors = (0..<count).map { Array(v[($0 * count)..<(($0 + 1) * count)]) }
    }

    /// Makes a[p, q] 0; the rows of `v` turn with the matrix.
    private static func rotate(_ a: inout [Double], _ v: inout [Double], _ p: Int, _ q: Int, _ count: Int) {
        let apq = a[p * count + q]
        if apq == 0 { return }
        let theta = (a[q * count + q] - a[p * count + p]) / (2 * apq)
        let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
        let c = 1 / (t * t + 1).squareRoot()
        let s = t * c
        a.withUnsafeMutableBufferPointer { a in
            v.withUnsafeMutableBufferPointer { v in
                for k in 0..<count {
                    let (x, y) = (a[k * count + p], a[k * count + q])
                    a[k * count + p] = c * x - s * y
                    a[k * count + q] = s * x + c * y
                }
                for k in 0..<count {
                    let (x, y) = (a[p * count + k], a[q * count + k])
                    a[p * count + k] = c * x - s * y
                    a[q * count + k] = s * x + c * y
                    let (z, w) = (v[p * count + k], v[q * count + k])
                    v[p * count + k] = c * z - s * w
                    v[q * count + k] = s * z + c * w
                }
            }
        }
    }
}
