/// 16-bit floats as 32-bit ones, by their bits.
enum HalfFloat {
    /// IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction.
    ///
    /// Every value is exact.
    static func float(binary16 bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0:
            let magnitude = Float(fraction) * 0x1p-24
            return sign == 0 ? magnitude : -magnitude
        case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }

    /// The upper 16 bits of a 32-bit float.
    static func float(brain16 bits: UInt16) -> Float { Float(bitPattern: UInt32(bits) << 16) }
}
