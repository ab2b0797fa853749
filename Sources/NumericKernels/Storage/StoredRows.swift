import CKernels

/// Rows that are searched, as 32-bit or as 16-bit floats.
package enum StoredRows: Sendable {
    /// As a matrix holds them.
    case f32(MatrixWindow)
    /// IEEE 754 binary16.
    case f16(HalfMatrix)

    /// The number of rows.
    package var rows: Int {
        switch self {
        case .f32(let matrix): matrix.rows
        case .f16(let matrix): matrix.rows
        }
    }

    /// The number of columns.
    package var columns: Int {
        switch self {
        case .f32(let matrix): matrix.columns
        case .f16(let matrix): matrix.columns
        }
    }

    /// A copy of one row.
    package func row(_ index: Int) -> [Float] {
        precondition(index >= 0 && index < rows, "no such row")
        return matrix(index..<(index + 1)).row(0)
    }

    /// A copy of some rows.
    package func matrix(_ range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rows, "no such rows")
        var result = Matrix(rows: range.count, columns: columns)
        result.withMutableBase { target in
            switch self {
            case .f32(let matrix):
                for row in range {
                    (target + (row - range.lowerBound) * columns)
                        .update(from: matrix.base + row * matrix.stride, count: columns)
                }
            case .f16(let matrix): matrix.convert(range, to: target, .best)
            }
        }
        return result
    }

    /// The first row with a value that is infinite or no number.
    ///
    /// Complexity: O(rows · columns), on several threads.
    package func firstRowNotFinite(threads: Int = 1) -> Int? {
        let size = 1024
        let pieces = (rows + size - 1) / size
        return FixedParallel.map(pieces, threads: threads) { piece in
            let range = (piece * size)..<min((piece + 1) * size, rows)
            return withUnsafeTemporaryAllocation(of: Float.self, capacity: scratch(range.count)) { scratch -> Int in
                let base = floats(range, scratch, .best)
                for row in 0..<range.count {
                    let values = UnsafeBufferPointer(start: base + row * stride, count: columns)
                    if !values.allSatisfy({ $0.isFinite }) { return range.lowerBound + row }
                }
                return -1
            }
        }.first { $0 >= 0 }
    }

    /// The distance between the rows that `floats` gives.
    var stride: Int {
        if case .f32(let matrix) = self { return matrix.stride }
        return columns
    }

    /// The floats that `floats` needs room for.
    func scratch(_ count: Int) -> Int {
        if case .f16 = self { return max(1, count * columns) }
        return 1
    }

    /// The rows that are read at once where they are used for one thing only; converted ones stay in the first cache.
    var rowsForReading: Int {
        if case .f16 = self { return 16 }
        return 256
    }

    /// Existing rows as floats: where they stand, or converted into `scratch`.
    func floats(_ range: Range<Int>, _ scratch: UnsafeMutableBufferPointer<Float>, _ kernels: VectorKernels)
        -> UnsafePointer<Float>
    {
        switch self {
        case .f32(let matrix): return matrix.base + range.lowerBound * matrix.stride
        case .f16(let matrix):
            guard let target = scratch.baseAddress else { preconditionFailure("there is no room for the rows") }
            matrix.convert(range, to: target, kernels)
            return UnsafePointer(target)
        }
    }
}
