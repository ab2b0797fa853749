import NumericKernels

/// How the numbers of stored vectors are kept.
public enum VectorPrecision: String, Sendable, Hashable, Codable, CaseIterable {
    /// 32-bit floats.
    case f32
    /// 16-bit floats (IEEE 754 binary16): half the size; a cosine is off by less than 0.0005.
    case f16
    /// Bytes that choose candidates, beside 16-bit floats that rank those: three quarters of the size, and several times as fast.
    case i8

    /// The longest vectors that it can keep.
    public var mostDimensions: Int { self == .i8 ? QuantizedRows.mostColumns : .max }

    /// The tensors of a vector file in their order there, each aligned as its numbers need.
    func tensors(dimension: Int) -> [VectorTensor] {
        switch self {
        case .f32: [VectorTensor(name: VectorTensor.rows, type: .f32, columns: dimension)]
        case .f16: [VectorTensor(name: VectorTensor.rows, type: .f16, columns: dimension)]
        case .i8:
            [
                VectorTensor(name: VectorTensor.scales, type: .f32, columns: nil),
                VectorTensor(name: VectorTensor.rows, type: .f16, columns: dimension),
                VectorTensor(name: VectorTensor.codes, type: .i8, columns: dimension),
            ]
        }
    }

    /// Calls `body` with the bytes of each tensor for some rows, in the tensors' order.
    ///
    /// The codes are made of the rows as 16-bit floats keep them, so that a folder can be made again of what it holds.
    func encode(_ rows: Matrix, _ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
        if self == .f32 { return try rows.withBytes { try body(0, $0) } }
        let bits = HalfMatrix.bits(of: rows)
        if self == .f16 { return try bits.withUnsafeBytes { try body(0, $0) } }
        let kept = StoredRows.f16(HalfMatrix(rows: rows.rows, columns: rows.columns, bits: bits)).matrix(0..<rows.rows)
        let (codes, scales) = QuantizedRows.quantize(kept.window)
        try scales.withUnsafeBytes { try body(0, $0) }
        try bits.withUnsafeBytes { try body(1, $0) }
        try codes.withUnsafeBytes { try body(2, $0) }
    }
}

/// A tensor of a vector file: one row, or one number, for each document.
struct VectorTensor: Sendable, Hashable {
    static let rows = "vectors"
    static let codes = "codes"
    static let scales = "scales"

    var name: String
    var type: SafetensorsType
    /// The numbers of a row; nil where each document has one alone.
    var columns: Int?

    /// The bytes of one document.
    var stride: Int { type.size * (columns ?? 1) }

    /// The shape for a number of documents.
    func shape(_ count: Int) -> [Int] { [count] + (columns.map { [$0] } ?? []) }
}
