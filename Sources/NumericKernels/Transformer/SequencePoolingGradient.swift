extension SequencePooling {
    /// The gradients of the tokens' rows from those of the pooled rows; `rows` is what was pooled.
    ///
    /// The mean gives each row its share, the maximum goes to the first row that has it.
    package static func backpropagate(
        _ gradient: Matrix, rows: Matrix, sequences: PackedSequences, modes: [Mode], into tokenGradient: inout Matrix,
        threads: Int = 1
    ) {
        let columns = rows.columns
        let width = columns * modes.count
        precondition(rows.rows == sequences.tokens.count, "a row for each token is needed")
        precondition(gradient.rows == sequences.count && gradient.columns == width, "the gradient's shape differs")
        tokenGradient.reshape(rows: rows.rows, columns: columns)
        let target = tokenGradient.withMutableBase { FloatPointer($0) }
        let upstream = ConstFloatPointer(gradient.constBase)
        let source = ConstFloatPointer(rows.constBase)
        FixedParallel.forEach(sequences.count, threads: threads) { sequence in
            let range = sequences.range(sequence)
            if range.isEmpty { return }
            let first = target.base + range.lowerBound * columns
            first.update(repeating: 0, count: range.count * columns)
            for (place, mode) in modes.enumerated() {
                let from = upstream.base + sequence * width + place * columns
                switch mode {
                case .first: VectorFunctions.map(first, from, columns) { $0 + $1 }
                case .mean, .meanOfRoot:
                    let count = Float(range.count)
                    let share = 1 / (mode == .mean ? count : count.squareRoot())
                    for row in 0..<range.count {
                        VectorFunctions.map(first + row * columns, from, columns) { $0 + $1 * share }
                    }
                case .maximum:
                    let values = source.base + range.lowerBound * columns
                    for column in 0..<columns {
                        var best = 0
                        for row in 1..<range.count
                        where values[row * columns + column] > values[best * columns + column] { best = row }
                        first[best * columns + column] += from[column]
                    }
                }
            }
        }
        withExtendedLifetime((gradient, rows)) {}
    }
}
