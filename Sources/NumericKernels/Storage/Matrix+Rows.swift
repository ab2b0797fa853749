extension Matrix {
    /// A copy of consecutive rows, which must exist.
    package func rows(_ range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "no such rows")
        if range == 0..<rows { return self }
        var part = Matrix(rows: range.count, columns: columns)
        let source = constBase + range.lowerBound * columns
        part.withMutableBase { $0.update(from: source, count: range.count * columns) }
        return part
    }

    /// Overwrites consecutive rows from `first` on, for which there must be room, with those of a matrix of as many columns.
    package mutating func setRows(from first: Int, _ part: Matrix) {
        precondition(
            first >= 0 && first + part.rows <= rows && part.columns == columns, "there is no room for the rows")
        withMutableBase { $0.advanced(by: first * part.columns).update(from: part.constBase, count: part.count) }
    }
}
