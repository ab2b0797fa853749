/// Scaled dot-product attention of several heads within each of several sequences.
package enum PackedAttention {
    /// context = softmax(Q Kᵀ / √w + B) V for every sequence and head, with w the width of a head.
    ///
    /// `inputs` has a row a token with query, key and value one behind the other, each with all heads; `context` gets a row a token with all heads.
    /// `relativeBias` has a row a head and adds B(i, j) = row[j − i + (columns − 1) / 2] where it is given; it must reach as far as the longest sequence.
    /// No row attends to another sequence. Memory: a square of the longest sequence for each thread. Source: Vaswani et al.,
    /// "Attention Is All You Need", 2017.
    package static func apply(
        _ inputs: Matrix, sequences: PackedSequences, heads: Int, relativeBias: Matrix? = nil,
        into context: inout Matrix, threads: Int = 1, engine: ProductEngine = .platform
    ) {
        let dimension = inputs.columns / 3
        precondition(heads > 0 && inputs.columns == 3 * dimension && dimension.isMultiple(of: heads), "no such heads")
        precondition(inputs.rows == sequences.tokens.count, "a row for each token is needed")
        context.reshape(rows: inputs.rows, columns: dimension)
        let width = dimension / heads
        let scale = 1 / Float(width).squareRoot()
        let target = context.withMutableBase { FloatPointer($0) }
        let source = ConstFloatPointer(inputs.constBase)
        let table = relativeBias.map { ConstFloatPointer($0.constBase) }
        let reach = relativeBias.map { ($0.columns - 1) / 2 } ?? 0
        FixedParallel.forEach(sequences.count * heads, threads: threads) { piece in
            let range = sequences.range(piece / heads)
            let head = piece % heads
            let length = range.count
            if length == 0 { return }
            precondition(table == nil || length <= reach + 1, "the relative bias does not reach this far")
            let scores = UnsafeMutablePointer<Float>.allocate(capacity: length * length)
            defer { scores.deallocate() }
            let query = source.base + range.lowerBound * 3 * dimension + head * width
            engine.multiply(
                transposeA: false, transposeB: true, m: length, n: length, k: width, alpha: scale, a: query,
                lda: 3 * dimension, b: query + dimension, ldb: 3 * dimension, beta: 0, c: scores, ldc: length)
            for row in 0..<length {
                let values = scores + row * length
                if let table {
                    let bias = table.base + head * (2 * reach + 1) + reach - row
                    for column in 0..<length { values[column] += bias[column] }
                }
                Softmax.apply(values, length)
            }
            engine.multiply(
                transposeA: false, transposeB: false, m: length, n: width, k: length, alpha: 1, a: scores, lda: length,
                b: query + 2 * dimension, ldb: 3 * dimension, beta: 0,
                c: target.base + range.lowerBound * dimension + head * width, ldc: dimension)
        }
        withExtendedLifetime((inputs, relativeBias)) {}
    }
}
