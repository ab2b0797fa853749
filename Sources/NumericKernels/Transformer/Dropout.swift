import CKernels

/// Dropout whose mask is a function of a seed and a position, so that nothing is stored and the bits do not depend on threads.
///
/// A value is kept with probability 1 − rate and then multiplied by 1 / (1 − rate) (Srivastava et al.: Dropout, JMLR 15, 2014, in the
/// inverted form).
package struct Dropout: Sendable, Hashable {
    /// The share of values that become 0; at least 0 and below 1.
    package let rate: Float
    /// What the mask is drawn from; every layer and every step has its own.
    package let seed: UInt64

    private static let valuesPerPiece = 16_384

    /// The rate must be at least 0 and below 1.
    package init(rate: Float, seed: UInt64) {
        precondition(rate >= 0 && rate < 1, "the rate must be at least 0 and below 1")
        self.rate = rate
        self.seed = seed
    }

    /// Applies the mask to a matrix; the same call on the gradient of the output gives that of the input.
    package func apply(_ matrix: inout Matrix, threads: Int = 1) {
        guard rate > 0 else { return }
        let count = matrix.count
        let target = matrix.withMutableBase { FloatPointer($0) }
        FixedParallel.forEachRange(count, size: Self.valuesPerPiece, threads: threads) { range in
            apply(target.base + range.lowerBound, range.count, position: range.lowerBound)
        }
    }

    /// What the value at a position is multiplied with: 0 or 1 / (1 − rate).
    package func factor(at position: Int) -> Float {
        draw(position) < threshold ? 0 : 1 / (1 - rate)
    }

    /// Applies the mask to `count` values of which the first has the position given.
    func apply(_ values: UnsafeMutablePointer<Float>, _ count: Int, position: Int) {
        guard count > 0 else { return }
        var mask = ck_dropout(seed: seed, threshold: threshold, factor: 1 / (1 - rate))
        TransformerKernels.best.drop(values, count, UInt64(truncatingIfNeeded: position), &mask)
    }

    private var threshold: UInt32 { UInt32(Double(rate) * 4_294_967_296) }

    /// The high bits of SplitMix64's output number `position` (Steele, Lea and Flood: Fast Splittable Pseudorandom Number Generators,
    /// OOPSLA 2014).
    @inline(__always)
    private func draw(_ position: Int) -> UInt32 {
        var bits = seed &+ (UInt64(truncatingIfNeeded: position) &+ 1) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: (bits ^ (bits >> 31)) >> 32)
    }
}
