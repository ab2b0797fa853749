import CKernels

/// Rows of signed bytes with a scale each, for a first look that reads a quarter of the memory.
///
/// A row r is stored as round(r / scale), scale = max |rᵢ| / 127: symmetric, so that a product needs no correction terms.
package struct QuantizedRows: @unchecked Sendable {
    /// The longest rows, so that no sum of products leaves 32 bits.
    package static let mostColumns = 65536

    let base: UnsafePointer<Int8>
    let scales: [Float]
    private let owner: any AnyObject & Sendable
    /// The number of rows.
    package var rows: Int { scales.count }
    /// The number of columns.
    package let columns: Int

    /// Rows over bytes that `owner` keeps alive, as many as there are scales.
    package init(columns: Int, bytes: UnsafeRawBufferPointer, scales: [Float], owner: any AnyObject & Sendable) {
        precondition(columns > 0 && columns <= Self.mostColumns, "rows of bytes have 1 to \(Self.mostColumns) columns")
        precondition(bytes.count == scales.count * columns, "the bytes must hold exactly the rows and columns")
        base = bytes.baseAddress?.assumingMemoryBound(to: Int8.self) ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
        self.owner = owner
        self.scales = scales
        self.columns = columns
    }

    /// The rows of a matrix, quantized.
    package init(_ matrix: MatrixWindow) {
        let (bytes, scales) = Self.quantize(matrix)
        let memory = OwnedBytes(bytes)
        self.init(
            columns: matrix.columns, bytes: UnsafeRawBufferPointer(start: memory.start, count: memory.count),
            scales: scales, owner: memory)
    }

    /// A matrix's rows as bytes, row by row, and their scales; a row of zeros or with values that are not finite has the scale 0.
    package static func quantize(_ matrix: MatrixWindow) -> (bytes: [Int8], scales: [Float]) {
        let columns = matrix.columns
        var scales = [Float](repeating: 0, count: matrix.rows)
        let bytes = [Int8](unsafeUninitializedCapacity: matrix.rows * columns) { target, count in
            target.initialize(repeating: 0)
            for row in 0..<matrix.rows {
                let values = UnsafeBufferPointer(start: matrix.base + row * matrix.stride, count: columns)
                let largest = values.reduce(0) { max($0, abs($1)) }
                let inverse = 127 / largest
                guard largest > 0, largest.isFinite, inverse.isFinite else { continue }
                scales[row] = largest / 127
                for (column, value) in values.enumerated() {
                    // A value that is no number fails both comparisons.
                    let scaled = (value * inverse).rounded(.toNearestOrEven)
                    target[row * columns + column] =
                        scaled >= 127 ? 127 : scaled > -127 ? Int8(truncatingIfNeeded: Int(scaled)) : -127
                }
            }
            count = matrix.rows * columns
        }
        return (bytes, scales)
    }
}
