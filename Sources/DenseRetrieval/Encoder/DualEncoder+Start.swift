import Essentials
import NumericKernels

extension DualEncoder {
    /// The model with the first columns of its tables alone; dimensions beyond the tables' are not added.
    ///
    /// Loses little where the table was trained for it (Kusupati et al.: Matryoshka Representation Learning, NeurIPS 2022), and what the
    /// columns that are cut off held otherwise.
    public func truncated(to dimension: Int) throws(EncoderError) -> DualEncoder {
        guard dimension > 0 else { throw .noDimensions }
        guard dimension < self.dimension else { return self }
        guard documentEncoder.isTable else { throw .notATable("cutting the dimensions") }
        return try mapTables { table in
            var cut = Matrix(rows: table.rows, columns: dimension)
            cut.fillRows(threads: 1) { row, values in
                table.withRow(row) { source in for column in values.indices { values[column] = source[column] } }
            }
            return cut
        }
    }

    /// The model with each table times the power of two that brings the root mean square of its values nearest to 1, which is that of random rows.
    ///
    /// Directions and relative lengths stay, and so do the vectors, to the bit: a power of two is exact. A step of Adam is about as long as the
    /// learning rate whatever the gradient, so without this a rate would mean something else for each table.
    public func rescaledForTraining() throws(EncoderError) -> DualEncoder {
        guard documentEncoder.isTable else { return self }
        return try mapTables { table in
            var sum = 0.0
            for row in 0..<table.rows {
                table.withRow(row) { values in
                    for column in values.indices { sum += Double(values[column]) * Double(values[column]) }
                }
            }
            let factor = Float(exp2((-log2(sum / Double(max(1, table.count))) / 2).rounded()))
            guard sum > 0, factor.isFinite, factor > 0, factor != 1 else { return table }
            var scaled = Matrix(rows: table.rows, columns: table.columns)
            scaled.fillRows(threads: 1) { row, values in
                table.withRow(row) { source in
                    for column in values.indices { values[column] = source[column] * factor }
                }
            }
            return scaled
        }
    }

    /// The model with the directions of its rows, and lengths √dimension · idf(t) / mean idf, those of a random start; rows of zeros stay.
    ///
    /// The table says which tokens are alike, the corpus how much each says. From wordllama's table of 256 dimensions, 1 seed, nDCG@10 on dev at
    /// the best of three rates: 0.7221 on a fifth of scifact's training queries and 0.3175 on wordnet-lemma, against 0.6935 and 0.3010 with
    /// the table's own lengths.
    public func weightedByIDF(_ statistics: TokenStatistics) throws(EncoderError) -> DualEncoder {
        guard documentEncoder.isTable else { throw .notATable("lengths by idf") }
        let weights = statistics.inverseDocumentFrequencies()
        let vocabulary = documentEncoder.tokenizer.vocabularySize
        guard weights.count == vocabulary else {
            throw .statisticsOfAnotherVocabulary(size: weights.count, vocabulary: vocabulary)
        }
        let mean = weights.reduce(0, +) / Double(max(1, weights.count))
        return try mapTables { table in
            var weighted = table
            for row in 0..<min(table.rows, weights.count) {
                weighted.withMutableRow(row) { values in
                    var sum = 0.0
                    for column in values.indices { sum += Double(values[column]) * Double(values[column]) }
                    guard sum > 0, mean > 0 else { return }
                    let factor = (Double(values.count) / sum).squareRoot() * weights[row] / mean
                    for column in values.indices { values[column] = Float(Double(values[column]) * factor) }
                }
            }
            return weighted
        }
    }

    private func mapTables(_ change: (Matrix) -> Matrix) throws(EncoderError) -> DualEncoder {
        let document = try StaticEncoder(tokenizer: documentEncoder.tokenizer, table: change(documentEncoder.table))
        if towers == .shared { return DualEncoder(shared: document) }
        return try DualEncoder(
            queryEncoder: StaticEncoder(tokenizer: queryEncoder.tokenizer, table: change(queryEncoder.table)),
            documentEncoder: document)
    }
}
