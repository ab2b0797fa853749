/// The number format of a tensor in a safetensors file.
public enum SafetensorsType: String, Sendable, Hashable, CaseIterable {
    /// 64-bit float.
    case f64 = "F64"
    /// 32-bit float.
    case f32 = "F32"
    /// 16-bit float (IEEE 754 binary16).
    case f16 = "F16"
    /// The upper half of a 32-bit float.
    case bf16 = "BF16"
    /// 64-bit integer.
    case i64 = "I64"
    /// 32-bit integer.
    case i32 = "I32"
    /// 16-bit integer.
    case i16 = "I16"
    /// 8-bit integer.
    case i8 = "I8"
    /// Byte.
    case u8 = "U8"
    /// Truth value in a byte.
    case bool = "BOOL"

    /// Bytes a value.
    public var size: Int {
        switch self {
        case .f64, .i64: 8
        case .f32, .i32: 4
        case .f16, .bf16, .i16: 2
        case .i8, .u8, .bool: 1
        }
    }
}

/// One tensor of a safetensors file: its format, its shape, and where its bytes stand in the data section.
public struct SafetensorsTensor: Sendable, Hashable {
    /// The number format.
    public var type: SafetensorsType
    /// The sizes of the dimensions, the slowest first.
    public var shape: [Int]
    /// The bytes within the data section.
    public var bytes: Range<Int>
}
