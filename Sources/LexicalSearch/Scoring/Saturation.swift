import CKernels

/// What one term of a query contributes to a document's score: ceiling − slope / (offset + tf · inverseNorm).
///
/// Every variant of BM25 has this form, the one in which Lucene computes it. With w = idf · q and x = tf / K:
/// `lucene`, `robertson`: w − w / (1 + x) = w · tf / (tf + K); `atire`: the same with w · (k1 + 1);
/// `bm25+`: (w · (k1 + 1) + w · δ) − w · (k1 + 1) / (1 + x);
/// `bm25l`: w' − w' / ((1 + δ / k1) + x) with w' = w · (k1 + 1), since 1 − k1 / (k1 + c + δ) = 1 − 1 / (1 + δ / k1 + c / k1) and c / k1 = tf / K.
///
/// **Monotone.** Each of the four operations is rounded to single precision, and rounding is monotone: the product never falls as tf or
/// the inverse norm rises, hence nor does the sum; the quotient never rises (slope ≥ 0), and the difference never falls. So the contribution
/// for a pair of a frequency at least as high and a length at most as long is a bound of the rounded contribution itself.
///
/// **Exact sums.** Every contribution is a multiple of half a unit in the last place of `slope`: let y be the quotient. Where
/// y ≥ slope / 2, y and the ceiling (≥ slope) are such multiples, so is their difference, and rounding it only makes the multiple coarser. Where
/// y < slope / 2 the rounded difference is at least slope / 2, so its own last place is worth as much. See `ExactSums`.
struct Saturation: Sendable, Hashable {
    let ceiling: Float
    let slope: Float
    let offset: Float

    /// The contribution, from 0 to `ceiling`.
    @inline(__always)
    func score(frequency: Float, inverseNorm: Float) -> Float {
        score(product: frequency * inverseNorm)
    }

    /// The contribution for a product of frequency and inverse norm.
    @inline(__always)
    func score(product: Float) -> Float { ceiling - slope / (offset + product) }

    /// The same for the loops in C.
    var kernel: ck_saturation { ck_saturation(ceiling: ceiling, slope: slope, offset: offset) }
}

/// Whether sums of contributions in double precision are exact, so that their order does not matter.
enum ExactSums {
    /// True if every sum of at most one contribution from each of the terms is exact in double precision.
    ///
    /// All contributions are multiples of the smallest of the terms' units, and no sum passes the sum of the ceilings; if that is below
    /// 2^52 units, each partial sum is an integer of units that a double holds. That is so unless a term's weight is some 2^27 times
    /// another's, which takes a term that all but a few of 10^7 documents hold.
    static func hold(_ terms: some Sequence<Saturation>) -> Bool {
        var unit = Double.infinity
        var sum = 0.0
        for term in terms {
            guard term.slope >= 4 * Float.leastNormalMagnitude, term.ceiling.isFinite else { return false }
            unit = min(unit, Double(term.slope.ulp) / 2)
            sum += Double(term.ceiling)
        }
        return sum < unit * 0x1p52
    }
}
