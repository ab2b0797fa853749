extension Matrix {
    /// The rows that have a value other than 0.
    package var rowsNotZero: [Int] {
        (0..<rows).filter { row in
            withRow(row) { values in values.indices.contains { values[$0] != 0 } }
        }
    }

    /// A matrix of some of the rows, which must exist, in the given order.
    package func selecting(_ chosen: [Int]) -> Matrix {
        var result = Matrix(rows: chosen.count, columns: columns)
        for (place, row) in chosen.enumerated() {
            withRow(row) { source in
                result.withMutableRow(place) { target in
                    for column in target.indices { target[column] = source[column] }
                }
            }
        }
        return result
    }
}
