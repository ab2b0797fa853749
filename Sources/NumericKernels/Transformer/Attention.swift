/// Multi-head attention within each sequence of a packed matrix, and its derivative (Vaswani et al.: Attention Is All You Need, 2017).
///
/// For each head P = softmax(Q Kᵀ / √width + B) and O = P V. `relativeBias`, where it is given, has a row a head and B(i, j) =
/// row[j − i + (columns − 1) / 2]; it must reach as far as the longest sequence. A head of a sequence is computed by one thread in a fixed order. Sequences are not
/// padded, so there is no mask. With dropout the mask lies on P.
package enum Attention {
    /// The result of attention: one row a token, the heads side by side.
    ///
    /// `packed` has the layout's rows and 3 · heads · width columns. With `probabilities` the softmax is kept for the backward pass:
    /// a matrix that becomes one row of Σ heads · length² values.
    package static func apply(
        _ packed: Matrix, layout: AttentionLayout, relativeBias: Matrix? = nil, into output: inout Matrix,
        dropout: Dropout? = nil, threads: Int = 1, engine: ProductEngine = .platform
    ) {
        run(packed, layout, relativeBias, &output, nil, dropout, threads, engine)
    }

    /// The same, keeping the probabilities.
    package static func apply(
        _ packed: Matrix, layout: AttentionLayout, relativeBias: Matrix? = nil, into output: inout Matrix,
        keeping probabilities: inout Matrix, dropout: Dropout? = nil, threads: Int = 1,
        engine: ProductEngine = .platform
    ) {
        probabilities.reshape(rows: 1, columns: layout.probabilityCount)
        let kept = probabilities.withMutableBase { FloatPointer($0) }
        run(packed, layout, relativeBias, &output, kept, dropout, threads, engine)
    }

    /// Turns the gradient of the output into that of the packed queries, keys and values.
    ///
    /// ∂V = D(P)ᵀ ∂O, ∂P = D(∂O Vᵀ), ∂S by the softmax, ∂Q = ∂S K / √width, ∂K = ∂Sᵀ Q / √width, D the dropout. Without `probabilities` they
    /// are computed again from `packed`, with the same bits.
    package static func backpropagate(
        _ packed: Matrix, layout: AttentionLayout, relativeBias: Matrix? = nil, gradient: Matrix,
        into packedGradient: inout Matrix, probabilities: Matrix? = nil, dropout: Dropout? = nil, threads: Int = 1,
        engine: ProductEngine = .platform
    ) {
        check(packed, layout)
        precondition(gradient.rows == packed.rows && gradient.columns == layout.columns, "the gradient's shape differs")
        precondition(
            probabilities.map { $0.count == layout.probabilityCount } ?? true, "the probabilities are of another layout"
        )
        packedGradient.reshape(rows: packed.rows, columns: packed.columns)
        let heads = Heads(packed, layout, relativeBias, engine)
        let upstream = ConstFloatPointer(gradient.constBase)
        let kept = probabilities.map { ConstFloatPointer($0.constBase) }
        let target = packedGradient.withMutableBase { FloatPointer($0) }
        let stride = packed.columns
        let columns = layout.columns
        FixedParallel.forEach(layout.count * layout.heads, threads: threads) { index in
            let piece = layout.piece(index)
            let n = piece.length
            guard n > 0 else { return }
            let p = UnsafeMutablePointer<Float>.allocate(capacity: 2 * n * n)
            defer { p.deallocate() }
            let s = p + n * n
            if let kept { p.update(from: kept.base + piece.block, count: n * n) } else { heads.probabilities(piece, p) }
            let from = upstream.base + piece.row * columns + piece.column
            let to = target.base + piece.row * stride + piece.column
            // ∂V needs the probabilities as dropout left them, ∂S as they were.
            s.update(from: p, count: n * n)
            dropout?.apply(s, n * n, position: piece.block)
            engine.multiply(
                transposeA: true, transposeB: false, m: n, n: layout.width, k: n, alpha: 1, a: s, lda: n, b: from,
                ldb: columns, beta: 0, c: to + 2 * columns, ldc: stride)
            engine.multiply(
                transposeA: false, transposeB: true, m: n, n: n, k: layout.width, alpha: 1, a: from, lda: columns,
                b: heads.values(piece), ldb: stride, beta: 0, c: s, ldc: n)
            dropout?.apply(s, n * n, position: piece.block)
            for row in 0..<n { Softmax.backpropagate(p + row * n, s + row * n, n, layout.scale) }
            engine.multiply(
                transposeA: false, transposeB: false, m: n, n: layout.width, k: n, alpha: 1, a: s, lda: n,
                b: heads.keys(piece), ldb: stride, beta: 0, c: to, ldc: stride)
            engine.multiply(
                transposeA: true, transposeB: false, m: n, n: layout.width, k: n, alpha: 1, a: s, lda: n,
                b: heads.queries(piece), ldb: stride, beta: 0, c: to + columns, ldc: stride)
        }
    }

    private static func run(
        _ packed: Matrix, _ layout: AttentionLayout, _ bias: Matrix?, _ output: inout Matrix, _ kept: FloatPointer?,
        _ dropout: Dropout?,
        _ threads: Int, _ engine: ProductEngine
    ) {
        check(packed, layout)
        output.reshape(rows: packed.rows, columns: layout.columns)
        let heads = Heads(packed, layout, bias, engine)
        let target = output.withMutableBase { FloatPointer($0) }
        let columns = layout.columns
        FixedParallel.forEach(layout.count * layout.heads, threads: threads) { index in
            let piece = layout.piece(index)
            let n = piece.length
            guard n > 0 else { return }
            let p = UnsafeMutablePointer<Float>.allocate(capacity: n * n)
            defer { p.deallocate() }
            heads.probabilities(piece, p)
            if let kept { (kept.base + piece.block).update(from: p, count: n * n) }
            dropout?.apply(p, n * n, position: piece.block)
            engine.multiply(
                transposeA: false, transposeB: false, m: n, n: layout.width, k: n, alpha: 1, a: p, lda: n,
                b: heads.values(piece), ldb: packed.columns, beta: 0,
                c: target.base + piece.row * columns + piece.column, ldc: columns)
        }
    }

    private static func check(_ packed: Matrix, _ layout: AttentionLayout) {
        precondition(
            packed.rows == layout.rows && packed.columns == 3 * layout.columns, "the packed matrix is of another layout"
        )
    }

    /// The parts of the packed matrix.
    private struct Heads: Sendable {
        let base: ConstFloatPointer
        let stride: Int
        let layout: AttentionLayout
        let bias: ConstFloatPointer?
        let reach: Int
        let engine: ProductEngine

        init(_ packed: Matrix, _ layout: AttentionLayout, _ relativeBias: Matrix?, _ engine: ProductEngine) {
            bias = relativeBias.map { ConstFloatPointer($0.constBase) }
            reach = relativeBias.map { ($0.columns - 1) / 2 } ?? 0
            base = ConstFloatPointer(packed.constBase)
            stride = packed.columns
            self.layout = layout
            self.engine = engine
        }

        func queries(_ piece: AttentionLayout.Piece) -> UnsafePointer<Float> {
            base.base + piece.row * stride + piece.column
        }

        func keys(_ piece: AttentionLayout.Piece) -> UnsafePointer<Float> { queries(piece) + layout.columns }

        func values(_ piece: AttentionLayout.Piece) -> UnsafePointer<Float> { queries(piece) + 2 * layout.columns }

        /// softmax(Q Kᵀ / √width) of one head of one sequence.
        func probabilities(_ piece: AttentionLayout.Piece, _ p: UnsafeMutablePointer<Float>) {
            let n = piece.length
            engine.multiply(
                transposeA: false, transposeB: true, m: n, n: n, k: layout.width, alpha: 1, a: queries(piece),
                lda: stride, b: keys(piece), ldb: stride, beta: 0, c: p, ldc: n)
            precondition(bias == nil || n <= reach + 1, "the relative bias does not reach this far")
            let head = piece.column / layout.width * (2 * reach + 1) + reach
            for row in 0..<n {
                Softmax.apply(p + row * n, n, layout.scale, bias: bias.map { $0.base + head - row })
            }
        }
    }
}
