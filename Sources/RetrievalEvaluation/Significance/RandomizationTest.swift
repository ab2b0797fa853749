import RetrievalData

/// Fisher's randomization test, two-sided.
///
/// It asks how often turning the sign of each query's difference at random gives a mean at least as far from 0.
///
/// Fisher, The Design of Experiments (1935), section 21; for retrieval: Smucker, Allan and Carterette, CIKM 2007. Where there are at most
/// as many sign patterns as permutations, all of them are counted and p is exact. Else p = (b + 1) / (m + 1) for b of m random patterns,
/// so that p is never 0 (Phipson and Smyth, Statist. Appl. Genet. Mol. Biol. 9, 2010, equation 2). Queries without a difference play no
/// part. Equal seed and differences in equal order give equal p.
public struct RandomizationTest: PairedTest {
    /// The name that stands in reports.
    public var name: String { "randomization" }
    /// The number of random sign patterns.
    public let permutations: Int
    /// The seed of the patterns.
    public let seed: UInt64

    /// A test with so many random sign patterns (at least 1).
    public init(permutations: Int = 100_000, seed: UInt64 = 0) {
        self.permutations = max(permutations, 1)
        self.seed = seed
    }

    /// The two-sided p-value.
    ///
    /// Complexity: O(permutations · queries).
    public func pValue(differences: [Double]) -> Double {
        let changed = differences.filter { $0 != 0 }
        if changed.isEmpty { return 1 }
        var observed = 0.0
        var size = 0.0
        for difference in changed {
            observed += difference
            size += difference.magnitude
        }
        // Sums in another order differ in their last bits; such patterns are ties, not smaller.
        let threshold = observed.magnitude - size * 1e-12
        if changed.count < 62, 1 << changed.count <= permutations { return exact(changed, threshold) }
        return sampled(changed, threshold)
    }

    private func exact(_ changed: [Double], _ threshold: Double) -> Double {
        let patterns = 1 << changed.count
        var reached = 0
        for pattern in 0..<patterns {
            if signedSum(changed[...], UInt64(pattern)).magnitude >= threshold { reached += 1 }
        }
        return Double(reached) / Double(patterns)
    }

    private func sampled(_ changed: [Double], _ threshold: Double) -> Double {
        var random = SeededRandom(seed: seed)
        var reached = 0
        for _ in 0..<permutations {
            var sum = 0.0
            var start = 0
            while start < changed.count {
                let end = min(start + 64, changed.count)
                sum += signedSum(changed[start..<end], random.next())
                start = end
            }
            if sum.magnitude >= threshold { reached += 1 }
        }
        return Double(reached + 1) / Double(permutations + 1)
    }

    /// The sum with the sign of each value turned where its bit is set.
    private func signedSum(_ values: ArraySlice<Double>, _ pattern: UInt64) -> Double {
        var bits = pattern
        var sum = 0.0
        for value in values {
            sum += Double(bitPattern: value.bitPattern ^ ((bits & 1) << 63))
            bits >>= 1
        }
        return sum
    }
}
