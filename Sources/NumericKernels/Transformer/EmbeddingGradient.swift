/// The derivative of the sum of embeddings: each row's gradient goes to the rows it was made of.
///
/// A row of a table sums its gradients in the order of the sequences, so the bits do not depend on threads.
package enum EmbeddingGradient {
    /// Adds the gradient of each token's row to that token in `table`.
    package static func addTokens(
        _ gradient: Matrix, sequences: PackedSequences, to table: inout Matrix, threads: Int = 1
    ) {
        precondition(gradient.rows == sequences.tokens.count, "a row for each token is needed")
        let tokens = sequences.tokens
        let order = tokens.indices.sorted { (tokens[$0], $0) < (tokens[$1], $1) }
        var runs: [Range<Int>] = []
        var start = 0
        for index in order.indices where index + 1 == order.count || tokens[order[index + 1]] != tokens[order[index]] {
            runs.append(start..<(index + 1))
            start = index + 1
        }
        add(gradient, to: &table, runs.count, threads) { [runs] run in
            (Int(tokens[order[runs[run].lowerBound]]), order[runs[run]])
        }
    }

    /// Adds the gradient of each token's row to that of its place: place p of a sequence has the row `firstPosition` + p.
    package static func addPositions(
        _ gradient: Matrix, sequences: PackedSequences, firstPosition: Int, to table: inout Matrix, threads: Int = 1
    ) {
        precondition(gradient.rows == sequences.tokens.count, "a row for each token is needed")
        let ranges = (0..<sequences.count).map { sequences.range($0) }
        let longest = ranges.map(\.count).max() ?? 0
        add(gradient, to: &table, longest, threads) { place in
            (firstPosition + place, ranges.filter { place < $0.count }.map { $0.lowerBound + place }[...])
        }
    }

    /// Adds to a row of the table for each of `count` pieces the rows of the gradient that the piece names.
    private static func add(
        _ gradient: Matrix, to table: inout Matrix, _ count: Int, _ threads: Int,
        _ piece: @Sendable (Int) -> (row: Int, sources: ArraySlice<Int>)
    ) {
        let columns = table.columns
        precondition(gradient.columns == columns, "the rows have different lengths")
        let rows = table.rows
        let target = table.withMutableBase { FloatPointer($0) }
        let source = ConstFloatPointer(gradient.constBase)
        FixedParallel.forEach(count, threads: threads) { index in
            let (row, sources) = piece(index)
            precondition(row >= 0 && row < rows, "there is no such row")
            for from in sources {
                VectorFunctions.map(target.base + row * columns, source.base + from * columns, columns) { $0 + $1 }
            }
        }
        withExtendedLifetime(gradient) {}
    }
}
