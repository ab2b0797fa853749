/// Collects scores in bounded memory.
struct ScoreCollector {
    private var count = 0
    private var minimum = Double.infinity
    private var maximum = -Double.infinity
    private var sum = 0.0
    private var compensation = 0.0
    private var bins: [Int: Int] = [:]

    /// Adds a score; Neumaier's compensated sum keeps the order of scores out of the mean.
    mutating func add(_ score: Double) {
        count += 1
        minimum = min(minimum, score)
        maximum = max(maximum, score)
        let total = sum + score
        compensation += sum.magnitude >= score.magnitude ? (sum - total) + score : (score - total) + sum
        sum = total
        bins[Self.bin(score), default: 0] += 1
    }

    var summary: ScoreSummary {
        if count == 0 { return ScoreSummary(count: 0) }
        let quantiles = ScoreSummary.Quantiles(p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9))
        return ScoreSummary(
            count: count, minimum: minimum, maximum: maximum, mean: Self.rounded((sum + compensation) / Double(count)),
            quantiles: quantiles)
    }

    private func quantile(_ share: Double) -> Double {
        let wanted = Int(share * Double(count - 1))
        var before = 0
        for (bin, size) in bins.sorted(by: { $0.key < $1.key }) {
            before += size
            if before > wanted { return Self.rounded(min(max(Self.middle(bin), minimum), maximum)) }
        }
        return maximum
    }

    /// Sign, exponent and the first five bits of the fraction: bins of at most 3 % width, in the order of the scores.
    private static func bin(_ score: Double) -> Int {
        let magnitude = Int(score.magnitude.bitPattern >> 47)
        return score < 0 ? -magnitude : magnitude
    }

    private static func middle(_ bin: Int) -> Double {
        if bin == 0 { return 0 }
        let bits = (UInt64(bin.magnitude) << 47) | (1 << 46)
        let magnitude = Double(bitPattern: bits)
        return bin < 0 ? -magnitude : magnitude
    }

    /// Nine significant digits.
    private static func rounded(_ value: Double) -> Double {
        if value == 0 || !value.isFinite { return value }
        // The power of two next to the value leaves 30 bits of fraction: about nine digits, and no decimal rounding to get wrong.
        let unit = value.ulp * 0x1p22
        return (value / unit).rounded() * unit
    }
}
