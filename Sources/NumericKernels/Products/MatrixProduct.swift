/// Matrix products on fixed panels: the cut depends on the shapes alone, so the bits do not depend on the number of threads.
package enum MatrixProduct {
    /// C = A B, or C += A B; A is m x k, B is k x n.
    package static func multiply(
        _ a: MatrixWindow, _ b: MatrixWindow, into c: inout Matrix, accumulate: Bool = false, scale: Float = 1,
        threads: Int = 1, engine: ProductEngine = .platform
    ) {
        run(a, b, false, false, into: &c, accumulate, scale, threads, engine)
    }

    /// C = A Bᵀ, or C += A Bᵀ; A is m x k, B is n x k.
    package static func multiplyTransposed(
        _ a: MatrixWindow, _ b: MatrixWindow, into c: inout Matrix, accumulate: Bool = false, scale: Float = 1,
        threads: Int = 1, engine: ProductEngine = .platform
    ) {
        run(a, b, false, true, into: &c, accumulate, scale, threads, engine)
    }

    /// C = Aᵀ B, or C += Aᵀ B; A is k x m, B is k x n.
    package static func transposedMultiply(
        _ a: MatrixWindow, _ b: MatrixWindow, into c: inout Matrix, accumulate: Bool = false, scale: Float = 1,
        threads: Int = 1, engine: ProductEngine = .platform
    ) {
        run(a, b, true, false, into: &c, accumulate, scale, threads, engine)
    }

    /// The size of the panels into which an extent is cut: about sixteen, from 64 to 256 long.
    static func panel(_ extent: Int) -> Int { min(256, max(64, (extent / 16 + 15) / 16 * 16)) }

    private static func run(
        _ a: MatrixWindow, _ b: MatrixWindow, _ transposeA: Bool, _ transposeB: Bool, into c: inout Matrix,
        _ accumulate: Bool, _ scale: Float, _ threads: Int, _ engine: ProductEngine
    ) {
        let m = transposeA ? a.columns : a.rows
        let k = transposeA ? a.rows : a.columns
        let n = transposeB ? b.rows : b.columns
        precondition(k == (transposeB ? b.columns : b.rows), "the inner sizes differ")
        precondition(c.rows == m && c.columns == n, "the result has another shape")
        let target = c.withMutableBase { FloatPointer($0) }
        let beta: Float = accumulate ? 1 : 0
        if m >= n {
            FixedParallel.forEachRange(m, size: panel(m), threads: threads) { range in
                let from = range.lowerBound
                engine.multiply(
                    transposeA: transposeA, transposeB: transposeB, m: range.count, n: n, k: k, alpha: scale,
                    a: a.base + (transposeA ? from : from * a.stride), lda: a.stride, b: b.base, ldb: b.stride,
                    beta: beta,
                    c: target.base + from * n, ldc: n)
            }
        } else {
            FixedParallel.forEachRange(n, size: panel(n), threads: threads) { range in
                let from = range.lowerBound
                engine.multiply(
                    transposeA: transposeA, transposeB: transposeB, m: m, n: range.count, k: k, alpha: scale, a: a.base,
                    lda: a.stride, b: b.base + (transposeB ? from * b.stride : from), ldb: b.stride, beta: beta,
                    c: target.base + from, ldc: n)
            }
        }
    }
}
