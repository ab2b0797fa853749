/// Scores every query of a batch against every document of it and carries a loss of the score rows back to the vectors.
///
/// With unit rows X = [Q; D] the scores are S = Q Dᵀ; a loss L turns each row of S into ∂L/∂S; then ∂L/∂Q = ∂L/∂S · D and
/// ∂L/∂D = (∂L/∂S)ᵀ · Q. Some rows of S are held at a time, 1024 or fewer where they are long, so
/// memory is linear in the batch, whatever its size: the gradients of a batch in one pass, where gradient caching (Gao et al.: Scaling Deep
/// Contrastive Learning Batch Size under Memory Limited Setup, RepL4NLP 2021) needs two because its encoder is not linear.
package struct ScoreBackpropagation: Sendable {
    private var scores = Matrix(rows: 0, columns: 0)
    private let rowsAtOnce: Int?

    /// Nothing allocated yet; another number of rows at once only changes the order of sums.
    package init(rowsAtOnce: Int? = nil) { self.rowsAtOnce = rowsAtOnce }

    /// The number of score rows that are held at once: 1024, or as many as fit in 256 MiB, at least 64.
    package static func rowsAtOnce(documents: Int) -> Int { max(64, min(1024, (1 << 26) / max(1, documents))) }

    /// Fills `gradient` (the shape of `vectors`) and `losses` (one a query).
    ///
    /// The first `queries` rows of `vectors` are queries, the rest documents. `loss` gets a query and its scores, replaces the scores by
    /// their gradient, and returns the loss of the query; it is called on several threads.
    package mutating func run(
        vectors: Matrix, queries: Int, gradient: inout Matrix, losses: inout [Float], threads: Int,
        engine: ProductEngine = .platform, loss: @Sendable (Int, inout MutableSpan<Float>) -> Float
    ) {
        precondition(queries >= 0 && queries <= vectors.rows, "there are more queries than rows")
        gradient.reshape(rows: vectors.rows, columns: vectors.columns)
        run(
            vectors: vectors, from: 0..<queries, to: queries..<vectors.rows, adding: false, gradient: &gradient,
            losses: &losses, threads: threads, engine: engine, loss: loss)
    }

    /// Scores the rows `from` of `vectors` against the rows `to`, and sets the gradients of both, or adds to them where `adding`.
    ///
    /// `gradient` must have the shape of `vectors`; `losses` gets one value for each row of `from`. With `from` and `to` swapped it is the
    /// other direction of a symmetric loss.
    package mutating func run(
        vectors: Matrix, from: Range<Int>, to: Range<Int>, adding: Bool, gradient: inout Matrix,
        losses: inout [Float], threads: Int, engine: ProductEngine = .platform,
        loss: @Sendable (Int, inout MutableSpan<Float>) -> Float
    ) {
        let columns = vectors.columns
        let queries = from.count
        let documents = to.count
        precondition(from.lowerBound >= 0 && from.upperBound <= vectors.rows, "the rows are not among the vectors")
        precondition(to.lowerBound >= 0 && to.upperBound <= vectors.rows, "the columns are not among the vectors")
        precondition(gradient.rows == vectors.rows && gradient.columns == columns, "the gradient has another shape")
        let kept: Float = adding ? 1 : 0
        if losses.count != queries { losses = [Float](repeating: 0, count: queries) }
        let held = min(queries, rowsAtOnce ?? Self.rowsAtOnce(documents: documents))
        scores.reshape(rows: held, columns: documents)
        let score = scores.withMutableBase { FloatPointer($0) }
        let query = ConstFloatPointer(vectors.constBase + from.lowerBound * columns)
        let document = ConstFloatPointer(vectors.constBase + to.lowerBound * columns)
        let base = gradient.withMutableBase { FloatPointer($0) }
        let queryGradient = FloatPointer(base.base + from.lowerBound * columns)
        let documentGradient = FloatPointer(base.base + to.lowerBound * columns)
        losses.withUnsafeMutableBufferPointer { buffer in
            guard let begin = buffer.baseAddress else { return }
            let out = FloatPointer(begin)
            var first = 0
            while first < queries {
                let block = first..<min(first + held, queries)
                let origin = first
                FixedParallel.forEachRange(block.count, size: MatrixProduct.panel(block.count), threads: threads) {
                    range in
                    let rows = score.base + range.lowerBound * documents
                    let start = (origin + range.lowerBound) * columns
                    engine.multiply(
                        transposeA: false, transposeB: true, m: range.count, n: documents, k: columns, alpha: 1,
                        a: query.base + start, lda: columns, b: document.base, ldb: columns, beta: 0, c: rows,
                        ldc: documents)
                    for place in 0..<range.count {
                        var span = MutableSpan(_unsafeStart: rows + place * documents, count: documents)
                        let index = origin + range.lowerBound + place
                        out.base[index] = loss(index, &span)
                    }
                    engine.multiply(
                        transposeA: false, transposeB: false, m: range.count, n: columns, k: documents, alpha: 1,
                        a: rows,
                        lda: documents, b: document.base, ldb: columns, beta: kept, c: queryGradient.base + start,
                        ldc: columns)
                }
                let size = MatrixProduct.panel(documents)
                FixedParallel.forEachRange(documents, size: size, threads: threads) { range in
                    engine.multiply(
                        transposeA: true, transposeB: false, m: range.count, n: columns, k: block.count, alpha: 1,
                        a: score.base + range.lowerBound, lda: documents, b: query.base + origin * columns,
                        ldb: columns,
                        beta: origin == 0 ? kept : 1, c: documentGradient.base + range.lowerBound * columns,
                        ldc: columns)
                }
                first = block.upperBound
            }
        }
    }
}
