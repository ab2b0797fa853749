import DurableStorage
import NumericKernels

/// A tensor on its way to a safetensors file, its bytes where they are already.
struct StoredTensor: Sendable {
    let name: String
    let type: SafetensorsType
    let shape: [Int]
    private let content: Content

    private enum Content: Sendable {
        case rows(Matrix, Range<Int>)
        case values(ArraySlice<Float>)
        case bytes(ByteView)
    }

    /// A matrix, or consecutive rows of it.
    init(_ name: String, _ matrix: Matrix, rows: Range<Int>? = nil) {
        let rows = rows ?? 0..<matrix.rows
        self.name = name
        type = .f32
        shape = [rows.count, matrix.columns]
        content = .rows(matrix, rows)
    }

    /// A vector.
    init(_ name: String, _ values: ArraySlice<Float>) {
        self.name = name
        type = .f32
        shape = [values.count]
        content = .values(values)
    }

    /// A tensor as it stands in a file.
    init(_ name: String, of file: SafetensorsFile, _ tensor: SafetensorsTensor) throws {
        self.name = name
        type = tensor.type
        shape = tensor.shape
        content = .bytes(try file.bytes(name, tensor.type, shape: tensor.shape))
    }

    /// The bytes as they stand in a file, little-endian.
    func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        switch content {
        case .rows(let matrix, let rows):
            let stride = matrix.columns * MemoryLayout<Float>.stride
            try matrix.withBytes { bytes in
                try body(UnsafeRawBufferPointer(rebasing: bytes[rows.lowerBound * stride..<rows.upperBound * stride]))
            }
        case .values(let values): try Matrix(columns: values.count, values: Array(values)).withBytes(body)
        case .bytes(let view): try view.withUnsafeBytes(body)
        }
    }
}
