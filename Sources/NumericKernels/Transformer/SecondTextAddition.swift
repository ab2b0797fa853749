/// What the tokens of a pair's second text have beside those of the first.
package enum SecondTextAddition {
    /// Adds one row to the rows of each sequence from one of its tokens on.
    ///
    /// There is a start for each sequence, counted from its first token and no greater than its length.
    package static func apply(
        _ matrix: inout Matrix, _ row: [Float], sequences: PackedSequences, starts: [Int], threads: Int = 1
    ) {
        let columns = matrix.columns
        precondition(matrix.rows == sequences.tokens.count && row.count == columns, "the shapes differ")
        precondition(starts.count == sequences.count, "a start for each sequence is needed")
        let target = matrix.withMutableBase { FloatPointer($0) }
        FixedParallel.forEach(sequences.count, threads: threads) { sequence in
            let range = sequences.range(sequence)
            precondition(starts[sequence] >= 0 && starts[sequence] <= range.count, "a start lies outside its sequence")
            row.withUnsafeBufferPointer { row in
                guard let row = row.baseAddress else { return }
                for place in (range.lowerBound + starts[sequence])..<range.upperBound {
                    VectorFunctions.map(target.base + place * columns, row, columns) { $0 + $1 }
                }
            }
        }
    }
}
