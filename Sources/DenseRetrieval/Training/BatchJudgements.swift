/// What is known about the columns of each row of cosines.
struct BatchJudgements: Sendable {
    /// A column that is relevant to the row.
    struct Positive: Sendable, Hashable {
        var column: Int
        /// Its share of the row's grades; the shares of a row sum to 1.
        var weight: Float
    }

    /// A column with a teacher's score; never one that is masked.
    struct Scored: Sendable, Hashable {
        var column: Int
        var score: Float
        /// Its share of the grades of the row's positives that have a score; 0 for a negative.
        var weight: Float
        /// The score over the highest that the teacher gave a document for the query, batch or not; 0 where none is above 0.
        var share: Float = 0
    }

    /// The positives; at least one a row.
    var positives = RowLists<Positive>()
    /// The columns that count neither as positives nor as negatives.
    var masked = RowLists<Int>()
    /// The columns with a teacher's score.
    var scored = RowLists<Scored>()

    /// The number of rows.
    var rows: Int { positives.count }

    /// Forgets all rows.
    mutating func removeAll() {
        positives.removeAll()
        masked.removeAll()
        scored.removeAll()
    }

    /// Masks further columns of each row, none of them a positive's or masked already.
    mutating func mask(also lists: [[Int]]) {
        var (masks, scores) = (RowLists<Int>(), RowLists<Scored>())
        for (row, more) in lists.enumerated() {
            for column in masked[row] { masks.append(column) }
            for column in more { masks.append(column) }
            masks.endRow()
            for entry in scored[row] where !more.contains(entry.column) { scores.append(entry) }
            scores.endRow()
        }
        (masked, scored) = (masks, scores)
    }

    /// The same with rows and columns swapped, for the first `columns` columns, each of which must be a positive of some row.
    ///
    /// A teacher's scores are not carried over. Complexity: linear in the entries.
    func transposed(columns: Int) -> BatchJudgements {
        var relevant = [[Positive]](repeating: [], count: columns)
        var left = [[Int]](repeating: [], count: columns)
        for row in 0..<rows {
            for positive in positives[row] where positive.column < columns {
                relevant[positive.column].append(Positive(column: row, weight: positive.weight))
            }
            for column in masked[row] where column < columns { left[column].append(row) }
        }
        var result = BatchJudgements()
        for column in 0..<columns {
            let sum = relevant[column].reduce(0) { $0 + $1.weight }
            for positive in relevant[column] {
                result.positives.append(Positive(column: positive.column, weight: positive.weight / sum))
            }
            result.positives.endRow()
            for row in left[column] { result.masked.append(row) }
            result.masked.endRow()
            result.scored.endRow()
        }
        return result
    }
}
