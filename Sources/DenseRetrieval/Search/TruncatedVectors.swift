import NumericKernels

extension TextEncoder {
    /// The vectors of texts as rows, cut to their first `dimension` numbers and scaled to length 1 again.
    ///
    /// A model that was trained for it (Kusupati et al.: Matryoshka Representation Learning, NeurIPS 2022) loses little by the cut.
    /// Vectors that are not longer stay as they are.
    package func encodeRows(_ texts: [String], as role: TextRole, dimension: Int, threads: Int) -> Matrix {
        let whole = encodeRows(texts, as: role, threads: threads)
        guard dimension < whole.columns else { return whole }
        var cut = Matrix(rows: whole.rows, columns: max(dimension, 0))
        cut.fillRows(threads: threads) { row, values in
            whole.withRow(row) { source in
                for column in values.indices { values[column] = source[column] }
            }
        }
        var norms: [Float] = []
        RowNormalization.normalize(&cut, norms: &norms, threads: threads)
        return cut
    }
}
