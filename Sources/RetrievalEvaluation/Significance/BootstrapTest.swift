import RetrievalData

/// The paired bootstrap test, two-sided: the studentized mean against its distribution under resampling of shifted differences.
///
/// Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 16.4; for retrieval: Sakai, SIGIR 2006. The differences are
/// shifted to the mean 0; each resample of queries, drawn with repetition, has a t = mean / (deviation / √n), and p = (b + 1) / (m + 1)
/// for the b of m resamples whose |t| is at least that of the differences themselves, so that p is never 0 (Davison and Hinkley,
/// Bootstrap Methods and their Application, 1997, section 4.2). A resample of one number again and again has an infinite t. Equal seed
/// and differences in equal order give equal p.
public struct BootstrapTest: PairedTest {
    /// The name that stands in reports.
    public var name: String { "bootstrap" }
    /// The number of resamples.
    public let resamples: Int
    /// The seed of the resamples.
    public let seed: UInt64

    /// A test with so many resamples (at least 1).
    public init(resamples: Int = 10_000, seed: UInt64 = 0) {
        self.resamples = max(resamples, 1)
        self.seed = seed
    }

    /// The two-sided p-value.
    ///
    /// Complexity: O(resamples · queries).
    public func pValue(differences: [Double]) -> Double {
        let mean = Statistics.mean(differences)
        if differences.count < 2 || mean == 0 { return 1 }
        let shifted = differences.map { $0 - mean }
        var squares = 0.0
        for value in shifted { squares += value * value }
        let count = Double(differences.count)
        // Rounding must neither make a tie smaller nor give a deviation to equal numbers.
        let threshold = studentized(sum: mean * count, squares: squares + mean * mean * count, count) * (1 - 1e-12)
        var random = SeededRandom(seed: seed)
        var reached = 0
        for _ in 0..<resamples {
            var sum = 0.0
            var squares = 0.0
            for _ in shifted.indices {
                let value = shifted[random.next(below: shifted.count)]
                sum += value
                squares += value * value
            }
            if studentized(sum: sum, squares: squares, count) >= threshold { reached += 1 }
        }
        return Double(reached + 1) / Double(resamples + 1)
    }

    /// |t| of values with the given sum and sum of squares.
    private func studentized(sum: Double, squares: Double, _ count: Double) -> Double {
        let spread = squares - sum * sum / count
        if spread <= squares * 1e-12 { return sum == 0 ? 0 : .infinity }
        return sum.magnitude / (spread * count / (count - 1)).squareRoot()
    }
}
