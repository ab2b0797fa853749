/// The mean of numbers, in whatever order they come.
struct MeanCollector {
    private(set) var count = 0
    private var sum = 0.0
    private var compensation = 0.0

    /// Adds a number; Neumaier's compensated sum keeps the order of numbers out of the mean.
    mutating func add(_ value: Double) {
        count += 1
        let total = sum + value
        compensation += sum.magnitude >= value.magnitude ? (sum - total) + value : (value - total) + sum
        sum = total
    }

    /// The mean to nine significant digits; nil where there are no numbers, or too large ones.
    var mean: Double? {
        if count == 0 { return nil }
        let mean = Self.rounded((sum + compensation) / Double(count))
        return mean.isFinite ? mean : nil
    }

    /// Nine significant digits.
    static func rounded(_ value: Double) -> Double {
        if value == 0 || !value.isFinite { return value }
        // The power of two next to the value leaves 30 bits of fraction: about nine digits, and no decimal rounding to get wrong.
        let unit = value.ulp * 0x1p22
        return (value / unit).rounded() * unit
    }
}
