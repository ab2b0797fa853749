import NumericKernels

extension DualEncoder {
    /// The model with the first columns of its tables alone; dimensions beyond the tables' are not added.
    ///
    /// Loses little where the table was trained for it (Kusupati et al.: Matryoshka Representation Learning, NeurIPS 2022), and the share of
    /// the columns that are cut off otherwise.
    public func truncated(to dimension: Int) throws(EncoderError) -> DualEncoder {
        guard dimension > 0 else { throw .noDimensions }
        let document = try documentEncoder.truncated(to: dimension)
        if towers == .shared { return DualEncoder(shared: document) }
        return try DualEncoder(queryEncoder: queryEncoder.truncated(to: dimension), documentEncoder: document)
    }
}

extension StaticEncoder {
    fileprivate func truncated(to dimension: Int) throws(EncoderError) -> StaticEncoder {
        guard dimension < self.dimension else { return self }
        var cut = Matrix(rows: table.rows, columns: dimension)
        let whole = table
        cut.fillRows(threads: 1) { row, values in
            whole.withRow(row) { source in for column in values.indices { values[column] = source[column] } }
        }
        return try StaticEncoder(tokenizer: tokenizer, table: cut)
    }
}
