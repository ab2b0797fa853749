import COneDNN

#if canImport(Accelerate)
    import Accelerate
#endif

/// What multiplies matrices.
package enum ProductEngine: Sendable, Hashable {
    /// The platform's library: oneDNN on Linux, Accelerate on Apple platforms, the reference elsewhere.
    case platform
    /// Plain Swift loops, the reference in the tests.
    case reference

    /// The name of what `platform` stands for here.
    package static var platformName: String {
        #if canImport(Accelerate)
            return "Accelerate"
        #else
            return conednn_available() != 0 ? "oneDNN" : "plain Swift"
        #endif
    }

    /// C = alpha op(A) op(B) + beta C on the calling thread, row-major, op(A) m x k, op(B) k x n.
    func multiply(
        transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float, a: UnsafePointer<Float>, lda: Int,
        b: UnsafePointer<Float>, ldb: Int, beta: Float, c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        if m == 0 || n == 0 { return }
        if self == .platform, k > 0 {
            #if canImport(Accelerate)
                cblas_sgemm(
                    CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
                    numericCast(m), numericCast(n), numericCast(k), alpha, a, numericCast(lda), b, numericCast(ldb),
                    beta, c,
                    numericCast(ldc))
                return
            #else
                if ProductLibrary.isThere,
                    conednn_sgemm(transposeA ? 1 : 0, transposeB ? 1 : 0, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
                        == 0
                {
                    return
                }
            #endif
        }
        for row in 0..<m {
            for column in 0..<n {
                var sum: Float = 0
                for inner in 0..<k {
                    let left = transposeA ? a[inner * lda + row] : a[row * lda + inner]
                    let right = transposeB ? b[column * ldb + inner] : b[inner * ldb + column]
                    sum += left * right
                }
                let old = beta == 0 ? 0 : beta * c[row * ldc + column]
                c[row * ldc + column] = alpha * sum + old
            }
        }
    }
}
