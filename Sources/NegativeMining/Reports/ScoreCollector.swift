/// Collects scores in bounded memory.
struct ScoreCollector {
    private(set) var minimum = Double.infinity
    private(set) var maximum = -Double.infinity
    private var mean = MeanCollector()
    private var bins: [Int: Int] = [:]

    /// Adds a score.
    mutating func add(_ score: Double) {
        minimum = min(minimum, score)
        maximum = max(maximum, score)
        mean.add(score)
        bins[Self.bin(score), default: 0] += 1
    }

    var summary: ScoreSummary {
        if mean.count == 0 { return ScoreSummary(count: 0) }
        let quantiles = ScoreSummary.Quantiles(p10: quantile(0.1), p50: quantile(0.5), p90: quantile(0.9))
        return ScoreSummary(
            count: mean.count, minimum: minimum, maximum: maximum, mean: mean.mean, quantiles: quantiles)
    }

    /// How many scores fall into each bin of a scale.
    func counts(on scale: HistogramScale) -> [Int] {
        var counts = Array(repeating: 0, count: scale.count)
        for (bin, size) in bins { counts[scale.bin(of: min(max(Self.middle(bin), minimum), maximum))] += size }
        return counts
    }

    private func quantile(_ share: Double) -> Double {
        let wanted = Int(share * Double(mean.count - 1))
        var before = 0
        for (bin, size) in bins.sorted(by: { $0.key < $1.key }) {
            before += size
            if before > wanted { return MeanCollector.rounded(min(max(Self.middle(bin), minimum), maximum)) }
        }
        return maximum
    }

    /// Sign, exponent and the first ten bits of the fraction: bins of at most 0.1 % width, in the order of the scores.
    private static func bin(_ score: Double) -> Int {
        let magnitude = Int(score.magnitude.bitPattern >> 42)
        return score < 0 ? -magnitude : magnitude
    }

    private static func middle(_ bin: Int) -> Double {
        if bin == 0 { return 0 }
        let bits = (UInt64(bin.magnitude) << 42) | (1 << 41)
        let magnitude = Double(bitPattern: bits)
        return bin < 0 ? -magnitude : magnitude
    }
}
