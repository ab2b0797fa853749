/// The type of the factors of matrix products; sums are 32-bit floats in any case.
public enum ProductPrecision: String, Sendable, Hashable, Codable, CaseIterable {
    /// 32-bit floats.
    case float32 = "f32"
    /// The upper halves of 32-bit floats.
    case bfloat16 = "bf16"
}
