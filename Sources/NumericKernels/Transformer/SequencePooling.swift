/// One row for each sequence from the rows of its tokens.
package enum SequencePooling {
    /// How.
    package enum Mode: Sendable, Hashable {
        /// The row of the first token.
        case first
        /// The sum of the rows divided by their number.
        case mean
        /// The sum of the rows divided by the root of their number.
        case meanOfRoot
        /// The greatest value of each column.
        case maximum
    }

    /// The pooled rows; a sequence without tokens gets zeros.
    ///
    /// Where there are several modes, their rows stand one behind the other.
    package static func apply(
        _ rows: Matrix, sequences: PackedSequences, modes: [Mode], threads: Int = 1
    ) -> Matrix {
        precondition(rows.rows == sequences.tokens.count, "a row for each token is needed")
        let columns = rows.columns
        let width = columns * modes.count
        var pooled = Matrix(rows: sequences.count, columns: width)
        let target = pooled.withMutableBase { FloatPointer($0) }
        let source = ConstFloatPointer(rows.constBase)
        FixedParallel.forEach(sequences.count, threads: threads) { sequence in
            let range = sequences.range(sequence)
            if range.isEmpty { return }
            for (place, mode) in modes.enumerated() {
                let out = target.base + sequence * width + place * columns
                out.update(from: source.base + range.lowerBound * columns, count: columns)
                if mode == .first { continue }
                for row in range.dropFirst() {
                    let from = source.base + row * columns
                    if mode == .maximum {
                        VectorFunctions.map(out, from, columns) { $0.replacing(with: $1, where: $1 .> $0) }
                    } else {
                        VectorFunctions.map(out, from, columns) { $0 + $1 }
                    }
                }
                let count = Float(range.count)
                if mode == .mean { VectorFunctions.map(out, out, columns) { values, _ in values / count } }
                if mode == .meanOfRoot {
                    VectorFunctions.map(out, out, columns) { values, _ in values / count.squareRoot() }
                }
            }
        }
        withExtendedLifetime(rows) {}
        return pooled
    }
}
