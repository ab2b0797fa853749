import CKernels

/// The vector loops of one instruction level.
package struct VectorKernels: @unchecked Sendable {
    /// The instruction levels; those above `plain` share their code.
    package enum Level: Int32, Sendable, CaseIterable {
        /// Scalar loops, the reference in the tests.
        case plain = 0
        /// What every processor of the architecture runs.
        case baseline = 1
        /// AVX2 with fused multiply-add.
        case v3 = 2
        /// AVX-512.
        case v4 = 3
    }

    let table: UnsafePointer<ck_vector_kernels>
    let level: Int32

    private init(table: UnsafePointer<ck_vector_kernels>, level: Int32) {
        self.table = table
        self.level = level
    }

    /// The best level that this processor runs.
    package static let best = VectorKernels(table: ck_vector_best(), level: ck_vector_best_level())

    /// The kernels of a level; nil where this processor does not run it.
    package init?(level: Level) {
        guard let table = ck_vector_kernels_at(level.rawValue) else { return nil }
        self.init(table: table, level: level.rawValue)
    }

    /// Σ aᵢ bᵢ; both must have the same length.
    package func dot(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "the vectors have different lengths")
        var result: Float = 0
        a.withUnsafeBufferPointer { left in
            b.withUnsafeBufferPointer { right in
                guard let p = left.baseAddress, let q = right.baseAddress else { return }
                table.pointee.dots(p, 1, a.count, q, 1, b.count, a.count, &result, 1)
            }
        }
        return result
    }

    /// y += alpha x; both must have the same length.
    package func axpy(_ alpha: Float, _ x: Span<Float>, _ y: inout MutableSpan<Float>) {
        precondition(x.count == y.count, "the vectors have different lengths")
        x.withUnsafeBufferPointer { source in
            y.withUnsafeMutableBufferPointer { target in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                table.pointee.axpy(alpha, from, to, source.count)
            }
        }
    }

    /// x *= alpha.
    package func scale(_ alpha: Float, _ x: inout MutableSpan<Float>) {
        x.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return }
            table.pointee.scale(alpha, base, values.count)
        }
    }

    /// √(Σ xᵢ²).
    package func norm(_ x: Span<Float>) -> Float { dot(x, x).squareRoot() }

    /// Softmax cross-entropy of `scale` times the scores against one of them; the scores become its gradient times `weight`.
    ///
    /// loss = log Σⱼ exp(scale sⱼ) − scale s_target; gradient ∂loss/∂sⱼ = scale (pⱼ − [j = target]). A score of −∞ is left out of the sum
    /// and gets gradient 0. The target must be an index of the scores.
    package func crossEntropy(_ scores: inout MutableSpan<Float>, target: Int, scale: Float, weight: Float) -> Float {
        precondition(target >= 0 && target < scores.count, "no such target")
        return scores.withUnsafeMutableBufferPointer { values in
            guard let base = values.baseAddress else { return 0 }
            return table.pointee.cross_entropy(base, values.count, target, scale, weight)
        }
    }

    /// The products of every query with every row, canonical: the bits of a product do not depend on what is computed beside it.
    package func dots(_ queries: MatrixWindow, _ rows: MatrixWindow, into scores: inout Matrix) {
        precondition(queries.columns == rows.columns, "the vectors have different lengths")
        scores.reshape(rows: queries.rows, columns: rows.rows)
        scores.withMutableBase { out in
            table.pointee.dots(
                queries.base, queries.rows, queries.stride, rows.base, rows.rows, rows.stride, rows.columns, out,
                rows.rows)
        }
    }
}
