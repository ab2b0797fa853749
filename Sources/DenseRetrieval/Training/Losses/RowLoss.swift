/// A loss of a row of cosines: a query's with the documents of its batch, or a document's with the queries.
protocol RowLoss: Sendable {
    /// The loss of a row; its cosines are replaced by the loss's gradient times `weight`.
    ///
    /// Masked columns get gradient 0. `cosines` has a value for each column.
    func apply(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements, weight: Float
    ) -> Float
}

extension RowLoss {
    /// Takes the positives out of a row and leaves −∞ in their place and in that of masked columns.
    func takePositives(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements
    ) -> [(column: Int, cosine: Float, weight: Float)] {
        let taken = judgements.positives[row].map { ($0.column, cosines[$0.column], $0.weight) }
        for (column, _, _) in taken { cosines[column] = -.infinity }
        for column in judgements.masked[row] { cosines[column] = -.infinity }
        return taken
    }

    /// Sets all values to 0.
    func clear(_ cosines: inout MutableSpan<Float>) {
        for column in cosines.indices { cosines[column] = 0 }
    }
}
