import NumericKernels

/// Training by a loss of one's own: vectors out, their gradients in.
extension TransformerTrainer {
    /// The pooled vectors of token sequences, not scaled to length 1; what `backpropagate` needs is kept until the next call.
    ///
    /// Sequences are whole, special tokens included, no longer than `config.longestSequence`, of tokens below the vocabulary's size. Dropout's masks
    /// depend on its seed and the places within these sequences.
    public mutating func vectors(of sequences: [[Int32]], dropoutSeed: UInt64 = 0, threads: Int = 1) -> [[Float]] {
        let rows = forward(sequences, dropoutSeed: dropoutSeed, threads: threads)
        return (0..<rows.rows).map { rows.row($0) }
    }

    /// Adds the gradients of all trained parameters, from those of the vectors that the last call of `vectors` gave.
    public mutating func backpropagate(_ gradient: [[Float]], threads: Int = 1) {
        let columns = config.dimension * shell.pooling.modes.count
        precondition(gradient.allSatisfy { $0.count == columns }, "the gradient's shape differs")
        backpropagate(Matrix(columns: columns, values: gradient.flatMap { $0 }), threads: threads)
    }

    /// The gradients of all trained tensors under their names in the model's file, row by row; query, key and value apart.
    public var tensorGradients: [(name: String, rows: Int, columns: Int, values: [Float])] {
        trainedNames.compactMap { name in
            gradient(named: name).map { matrix in
                (name, matrix.rows, matrix.columns, (0..<matrix.rows).flatMap { matrix.row($0) })
            }
        }
    }
}
