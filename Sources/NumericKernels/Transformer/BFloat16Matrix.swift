/// A matrix of bfloat16 values, the upper halves of 32-bit floats, in row-major order.
package struct BFloat16Matrix: Sendable {
    private static let valuesPerPiece = 65_536

    /// The number of rows.
    package private(set) var rows = 0
    /// The number of columns.
    package private(set) var columns = 0
    /// The values and, where the matrix was larger before, some more.
    private(set) var bits: [UInt16] = []

    /// No values.
    package init() {}

    /// The values of a matrix, each rounded to the nearest, ties to even.
    package init(_ matrix: Matrix, threads: Int = 1) {
        rows = matrix.rows
        columns = matrix.columns
        bits = [UInt16](unsafeUninitializedCapacity: matrix.count) { target, count in
            if let base = target.baseAddress { Self.round(matrix, into: HalfPointer(base: base), threads) }
            count = matrix.count
        }
        withExtendedLifetime(matrix) {}
    }

    /// Takes the shape and the rounded values of a matrix; memory is kept where it suffices.
    package mutating func round(_ matrix: Matrix, threads: Int = 1) {
        reshape(rows: matrix.rows, columns: matrix.columns)
        withMutableBase { Self.round(matrix, into: $0, threads) }
    }

    private static func round(_ matrix: Matrix, into target: HalfPointer, _ threads: Int) {
        let source = ConstFloatPointer(matrix.constBase)
        let kernels = TransformerKernels.best
        FixedParallel.forEachRange(matrix.count, size: valuesPerPiece, threads: threads) { range in
            kernels.to_bfloat16(source.base + range.lowerBound, target.base + range.lowerBound, range.count)
        }
        withExtendedLifetime(matrix) {}
    }

    /// The upper half of a float rounded to the nearest, ties to even; a NaN stays one.
    package static func round(_ value: Float) -> UInt16 {
        let bits = value.bitPattern
        if value.isNaN { return UInt16(truncatingIfNeeded: bits >> 16) | 0x40 }
        return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ ((bits >> 16) & 1)) >> 16)
    }

    /// One value; the indices must exist.
    package subscript(row: Int, column: Int) -> Float {
        precondition(row >= 0 && row < rows && column >= 0 && column < columns, "no such value")
        return Float(bitPattern: UInt32(bits[row * columns + column]) << 16)
    }

    /// The same values as 32-bit floats.
    var widened: Matrix {
        var matrix = Matrix(rows: rows, columns: columns)
        matrix.withMutableBase { target in
            for index in 0..<(rows * columns) { target[index] = Float(bitPattern: UInt32(bits[index]) << 16) }
        }
        return matrix
    }

    /// Gives the matrix another shape with unspecified values.
    mutating func reshape(rows: Int, columns: Int) {
        if bits.count < rows * columns { bits = [UInt16](repeating: 0, count: rows * columns) }
        self.rows = rows
        self.columns = columns
    }

    /// The memory for writing while `body` runs; not called for memory that is not there.
    mutating func withMutableBase(_ body: (HalfPointer) -> Void) {
        bits.withUnsafeMutableBufferPointer { buffer in
            if let base = buffer.baseAddress { body(HalfPointer(base: base)) }
        }
    }
}

/// A pointer to bfloat16 values that may cross to the threads of a kernel, which write disjoint parts behind it.
struct HalfPointer: @unchecked Sendable {
    let base: UnsafeMutablePointer<UInt16>
}
