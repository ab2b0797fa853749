import RetrievalData

/// 64 minima of a set of shingles under 64 hash functions, one byte of each: two sets agree in about as many places as they have in common.
///
/// MinHash (Broder: On the Resemblance and Containment of Documents, 1997), cut to b = 8 bits (Li and König: b-Bit Minwise Hashing, WWW
/// 2010): a place agrees with probability J + (1 − J) / 256, J being the Jaccard similarity.
struct MinHashSignature: Sendable, Hashable {
    /// The number of places.
    static let length = 64
    private static let factors: SIMD64<UInt32> = {
        var factors = SIMD64<UInt32>()
        for place in 0..<length { factors[place] = UInt32(truncatingIfNeeded: StableHash.mix(UInt64(place + 1))) | 1 }
        return factors
    }()

    private let bytes: SIMD64<UInt8>
    /// The size of the set.
    let count: Int

    /// The signature of a set.
    ///
    /// Complexity: 64 multiplications a shingle.
    init(_ shingles: Shingles) {
        let factors = Self.factors
        var minima = SIMD64<UInt32>(repeating: .max)
        for hash in shingles.hashes {
            minima = pointwiseMin(minima, factors &* UInt32(truncatingIfNeeded: hash >> 32))
        }
        bytes = SIMD64<UInt8>(truncatingIfNeeded: minima)
        count = shingles.hashes.count
    }

    /// The number of places in which both agree.
    func agreements(with other: MinHashSignature) -> Int {
        var ones = SIMD64<UInt8>(repeating: 0)
        ones.replace(with: 1, where: bytes .== other.bytes)
        return Int(ones.wrappedSum())
    }

    /// The estimate of the Jaccard similarity; its standard deviation is at most 0.063.
    func jaccard(_ other: MinHashSignature) -> Double {
        if count == 0 || other.count == 0 { return count == other.count ? 1 : 0 }
        let share = Double(agreements(with: other)) / Double(Self.length)
        return max(0, (share * 256 - 1) / 255)
    }

    /// Whether the Jaccard similarity may reach a threshold: true of every pair that does, but for about one in 30,000.
    ///
    /// The sizes bound it from above; the agreements of a pair at the threshold lie more than four standard deviations below what is
    /// expected as seldom as that.
    func mayReach(_ threshold: Double, with other: MinHashSignature) -> Bool {
        if Double(min(count, other.count)) < threshold * Double(max(count, other.count)) { return false }
        let places = Double(Self.length)
        let least = threshold * places - 4 * (places * threshold * (1 - threshold)).squareRoot()
        return Double(agreements(with: other)) >= least
    }
}
