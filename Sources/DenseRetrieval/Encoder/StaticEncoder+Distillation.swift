import NumericKernels

extension StaticEncoder {
    /// A table whose row for each token is what a transformer makes of that token alone, between its special tokens.
    ///
    /// The mean of all rows is taken off, which says nothing of a token, and the rows are turned to their principal axes, so that the first columns
    /// hold most of what they say. The lengths are for the corpus to give (``DualEncoder/weightedByIDF(_:)``). As in model2vec (van Dongen and
    /// Tulkens: Model2Vec, 2024). Complexity: one short sequence through the transformer for each token of the vocabulary.
    public init(distilling transformer: TransformerEncoder, threads: Int = 1) throws(EncoderError) {
        let (before, after) = transformer.specialTokens
        let sequences = (0..<Int32(transformer.tokenizer.vocabularySize)).map { before + [$0] + after }
        let rows = transformer.encodeRows(sequences, threads: threads)
        try self.init(tokenizer: transformer.tokenizer, table: rows.onPrincipalAxes(threads: threads))
    }
}

extension Matrix {
    /// The rows less their mean, on the axes of largest variance, the largest first.
    func onPrincipalAxes(threads: Int) -> Matrix {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            withRow(row) { values in for column in values.indices { sums[column] += Double(values[column]) } }
        }
        let mean = sums.map { Float($0 / Double(max(1, rows))) }
        var centred = self
        centred.fillRows(threads: threads) { row, values in
            withRow(row) { source in
                for column in values.indices { values[column] = source[column] - mean[column] }
            }
        }
        var products = Matrix(rows: columns, columns: columns)
        MatrixProduct.transposedMultiply(centred.window, centred.window, into: &products, threads: threads)
        let axes = SymmetricEigenvalues((0..<columns).map { products.row($0).map(Double.init) })
        let order = axes.values.indices.sorted { (axes.values[$0], $1) > (axes.values[$1], $0) }
        let turn = Matrix(columns: columns, values: order.flatMap { axes.vectors[$0].map(Float.init) })
        var turned = Matrix(rows: rows, columns: columns)
        MatrixProduct.multiplyTransposed(centred.window, turn.window, into: &turned, threads: threads)
        return turned
    }
}
