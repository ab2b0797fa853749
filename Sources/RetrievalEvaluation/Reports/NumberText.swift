import Essentials

/// Numbers as reports print them; never by the user's locale.
public enum NumberText {
    /// A fixed number of decimals, rounded half to even from the exact binary value, as C's `%.*f`.
    public static func fixed(_ value: Double, _ decimals: Int = 4) -> String {
        if !value.isFinite { return value.isNaN ? "n/a" : value < 0 ? "-inf" : "inf" }
        let text = printed(value, decimals)
        // A rounded-away negative is 0, not -0.
        return text.hasPrefix("-") && !text.contains(where: { ("1"..."9").contains($0) })
            ? String(text.dropFirst()) : text
    }

    private static func printed(_ value: Double, _ decimals: Int) -> String {
        // 309 digits before the point at most.
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 320 + max(0, decimals)) { text in
            let length = withVaList([CInt(decimals), value]) { vsnprintf(text.baseAddress, text.count, "%.*f", $0) }
            return String(decoding: UnsafeRawBufferPointer(text).prefix(Int(max(0, length))), as: UTF8.self)
        }
    }

    /// A figure of a measure: four decimals, none where the measure counts.
    public static func value(_ value: Double, of measure: Measure) -> String {
        fixed(value, measure.aggregation == .sum ? 0 : 4)
    }

    /// A difference with its sign; a true minus sign.
    static func signed(_ value: Double, _ decimals: Int = 4) -> String {
        let text = fixed(value.magnitude, decimals)
        if !text.contains(where: { ("1"..."9").contains($0) }) { return "±" + text }
        return (value < 0 ? "−" : "+") + text
    }

    /// A p-value: three decimals, `<0.001` below.
    static func p(_ value: Double) -> String { value < 0.001 ? "<0.001" : fixed(value, 3) }

    /// A p-value with its relation: `p = 0.012`, `p < 0.001`.
    static func pRelation(_ value: Double) -> String { value < 0.001 ? "p < 0.001" : "p = " + fixed(value, 3) }

    /// A share as per cent with one decimal.
    static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }
}
