extension Attention {
    /// The gradient of the relative bias: a row a head, a column for each distance as in `relativeBias`.
    ///
    /// ∂B(distance) = Σ pᵢⱼ (∂pᵢⱼ − Σₖ ∂pᵢₖ pᵢₖ) over all j − i of that distance, P and ∂P as in `backpropagate`, which has the parameters in
    /// common. Each head of a sequence sums for itself, then the sequences in order.
    package static func biasGradient(
        _ packed: Matrix, layout: AttentionLayout, relativeBias: Matrix, gradient: Matrix, dropout: Dropout? = nil,
        threads: Int = 1, engine: ProductEngine = .platform
    ) -> Matrix {
        precondition(
            packed.rows == layout.rows && packed.columns == 3 * layout.columns && gradient.rows == packed.rows
                && gradient.columns == layout.columns && relativeBias.rows == layout.heads,
            "the matrices are of another layout")
        let width = relativeBias.columns
        let reach = (width - 1) / 2
        let stride = packed.columns
        var partial = Matrix(rows: layout.count * layout.heads, columns: width)
        let sums = partial.withMutableBase { FloatPointer($0) }
        let source = ConstFloatPointer(packed.constBase)
        let bias = ConstFloatPointer(relativeBias.constBase)
        let upstream = ConstFloatPointer(gradient.constBase)
        FixedParallel.forEach(partial.rows, threads: threads) { index in
            let piece = layout.piece(index)
            let n = piece.length
            guard n > 0 else { return }
            precondition(n <= reach + 1, "the relative bias does not reach this far")
            let p = UnsafeMutablePointer<Float>.allocate(capacity: 2 * n * n)
            defer { p.deallocate() }
            let s = p + n * n
            let queries = source.base + piece.row * stride + piece.column
            let distances = index % layout.heads * width + reach
            engine.multiply(
                transposeA: false, transposeB: true, m: n, n: n, k: layout.width, alpha: layout.scale, a: queries,
                lda: stride, b: queries + layout.columns, ldb: stride, beta: 0, c: p, ldc: n)
            engine.multiply(
                transposeA: false, transposeB: true, m: n, n: n, k: layout.width, alpha: 1,
                a: upstream.base + piece.row * layout.columns + piece.column, lda: layout.columns,
                b: queries + 2 * layout.columns, ldb: stride, beta: 0, c: s, ldc: n)
            dropout?.apply(s, n * n, position: piece.block)
            for row in 0..<n {
                VectorFunctions.map(p + row * n, bias.base + distances - row, n) { $0 + $1 }
                Softmax.apply(p + row * n, n, 1)
                Softmax.backpropagate(p + row * n, s + row * n, n, 1)
                VectorFunctions.map(sums.base + index * width + reach - row, s + row * n, n) { $0 + $1 }
            }
        }
        var total = Matrix(rows: layout.heads, columns: width)
        total.withMutableBase { target in
            for index in 0..<partial.rows {
                let head = index % layout.heads * width
                VectorFunctions.map(target + head, sums.base + index * width, width) { $0 + $1 }
            }
        }
        withExtendedLifetime((packed, relativeBias, gradient, partial)) {}
        return total
    }
}
