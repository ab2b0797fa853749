import DurableStorage
import NumericKernels

/// The tensors of a `vectors.safetensors` as the record describes them, mapped.
struct VectorFile: Sendable {
    /// The rows that scores are made of.
    let rows: StoredRows
    /// The rows as bytes, where there are any.
    let codes: QuantizedRows?
    /// The bytes of the tensors, in the order of the precision.
    let parts: [ByteView]

    /// Opens the tensors; throws `StorageError.corrupt` where they are not what the record says.
    init(_ file: MappedFile, _ record: VectorRecord) throws {
        func corrupt(_ reason: String) -> StorageError { .corrupt(file: file.name, reason: reason) }
        let (count, dimension) = (record.rows, record.dimension)
        guard count >= 0, count <= Int(Int32.max), dimension > 0, dimension <= record.precision.mostDimensions else {
            throw corrupt("recorded are \(count) vectors of \(dimension) dimensions")
        }
        let tensors = try SafetensorsFile(file)
        let parts = try record.precision.tensors(dimension: dimension).map {
            try tensors.bytes($0.name, $0.type, shape: $0.shape(count))
        }
        self.parts = parts
        func half(_ part: ByteView) throws -> StoredRows {
            guard
                let matrix = HalfMatrix(
                    rows: count, columns: dimension, littleEndian: part.unsafeBytes, owner: part.file)
            else { throw corrupt("its 16-bit floats begin at an odd place") }
            return .f16(matrix)
        }
        switch record.precision {
        case .f32:
            let matrix = Matrix(
                rows: count, columns: dimension, littleEndian: parts[0].unsafeBytes, owner: parts[0].file)
            rows = .f32(matrix.window)
            codes = nil
        case .f16:
            rows = try half(parts[0])
            codes = nil
        case .i8:
            let scales = try (0..<count).map { row in
                let scale = Float(bitPattern: try parts[0].load(UInt32.self, at: row * 4))
                guard scale >= 0, scale.isFinite else { throw corrupt("the scale of row \(row) is \(scale)") }
                return scale
            }
            rows = try half(parts[1])
            codes = QuantizedRows(
                columns: dimension, bytes: parts[2].unsafeBytes, scales: scales, owner: parts[2].file)
        }
    }
}
