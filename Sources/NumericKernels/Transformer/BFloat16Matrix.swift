/// A matrix of bfloat16 values, the upper halves of 32-bit floats, in row-major order.
package struct BFloat16Matrix: Sendable {
    /// The number of rows.
    package let rows: Int
    /// The number of columns.
    package let columns: Int
    let bits: [UInt16]

    /// The values of a matrix, each rounded to the nearest, ties to even.
    package init(_ matrix: Matrix) {
        rows = matrix.rows
        columns = matrix.columns
        let base = matrix.constBase
        bits = [UInt16](unsafeUninitializedCapacity: matrix.count) { target, count in
            for index in 0..<matrix.count { target.initializeElement(at: index, to: Self.round(base[index])) }
            count = matrix.count
        }
    }

    /// The upper half of a float rounded to the nearest, ties to even; a NaN stays one.
    package static func round(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) >> 16)
    }

    /// One value; the indices must exist.
    package subscript(row: Int, column: Int) -> Float {
        precondition(column >= 0 && column < columns, "no such column")
        return Float(bitPattern: UInt32(bits[row * columns + column]) << 16)
    }
}
