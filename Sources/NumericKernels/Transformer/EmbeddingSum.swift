/// The input rows of a transformer.
package enum EmbeddingSum {
    /// The row of each token, plus the row of its place in its sequence, plus a row for all.
    ///
    /// Place p of a sequence has the row `firstPosition` + p. Tokens and places must have rows.
    package static func apply(
        _ sequences: PackedSequences, tokens table: Matrix, positions: Matrix, firstPosition: Int, common: [Float],
        threads: Int = 1
    ) -> Matrix {
        let columns = table.columns
        precondition(positions.columns == columns && common.count == columns, "the rows have different lengths")
        var sum = Matrix(rows: sequences.tokens.count, columns: columns)
        let target = sum.withMutableBase { FloatPointer($0) }
        let tokenRows = ConstFloatPointer(table.constBase)
        let positionRows = ConstFloatPointer(positions.constBase)
        FixedParallel.forEach(sequences.count, threads: threads) { sequence in
            let range = sequences.range(sequence)
            precondition(firstPosition + range.count <= positions.rows, "a place has no row")
            common.withUnsafeBufferPointer { common in
                guard let common = common.baseAddress else { return }
                for row in range {
                    let token = Int(sequences.tokens[row])
                    precondition(token >= 0 && token < table.rows, "a token has no row")
                    let word = tokenRows.base + token * columns
                    let place = positionRows.base + (firstPosition + row - range.lowerBound) * columns
                    let out = target.base + row * columns
                    VectorFunctions.map(out, word, columns) { _, word in word }
                    VectorFunctions.map(out, place, columns) { sum, place in sum + place }
                    VectorFunctions.map(out, common, columns) { sum, common in sum + common }
                }
            }
        }
        return sum
    }
}
