/// The lengths that Lucene can store in one byte, its `SmallFloat.intToByte4` and `byte4ToInt`.
///
/// Lengths below 40 are exact; of longer ones less 24 the highest four bits are kept and the others zeroed. So the
/// stored length is never above the true one, and never falls as that rises.
enum LossyLength {
    /// 255 less the code of the largest integer: the number of lengths that are exact.
    private static let exactCount = 255 - code4(Int(Int32.max))

    /// The length that comes back.
    static func stored(_ length: Int) -> Int {
        let length = max(0, min(length, Int(Int32.max)))
        if length < exactCount { return length }
        return exactCount + value4(code4(length - exactCount))
    }

    /// `SmallFloat.longToInt4`: three bits of mantissa after the leading one, and a shift; numbers below 16 are their own codes.
    private static func code4(_ value: Int) -> Int {
        let bits = Int.bitWidth - value.leadingZeroBitCount
        if bits < 4 { return value }
        let shift = bits - 4
        return ((value >> shift) & 0x07) | ((shift + 1) << 3)
    }

    /// `SmallFloat.int4ToLong`.
    private static func value4(_ code: Int) -> Int {
        let mantissa = code & 0x07
        let shift = (code >> 3) - 1
        return shift < 0 ? mantissa : (mantissa | 0x08) << shift
    }
}
