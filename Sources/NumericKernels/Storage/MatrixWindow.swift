/// A rectangle of a matrix for reading.
package struct MatrixWindow: Sendable {
    let storage: MatrixStorage
    let offset: Int
    let stride: Int
    /// The number of rows.
    package let rows: Int
    /// The number of columns.
    package let columns: Int

    var base: UnsafePointer<Float> { UnsafePointer(storage.base + offset) }
}

extension Matrix {
    /// The whole matrix for reading.
    package var window: MatrixWindow { window(rows: 0..<rows) }

    /// Some rows for reading; they must exist.
    package func window(rows range: Range<Int>) -> MatrixWindow { window(rows: range, columns: 0..<columns) }

    /// A rectangle for reading; it must lie within the matrix.
    package func window(rows range: Range<Int>, columns part: Range<Int>) -> MatrixWindow {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "no such rows")
        precondition(part.lowerBound >= 0 && part.upperBound <= columns, "no such columns")
        return MatrixWindow(
            storage: storage, offset: range.lowerBound * columns + part.lowerBound, stride: columns, rows: range.count,
            columns: part.count)
    }
}
