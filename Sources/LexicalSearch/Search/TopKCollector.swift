import CKernels

/// Keeps the best k of many candidates of one segment in the total order.
///
/// A candidate is one number: the bits of its score, which is positive, above the place of its id in byte order. Comparing numbers is
/// then comparing scores first and ids second, both descending, which is the total order. Up to 32 candidates are kept sorted; of more,
/// twice as many are gathered and the better half is selected.
final class TopKCollector {
    private var keys: UnsafeMutablePointer<UInt64>
    private var scratch: UnsafeMutablePointer<UInt64>
    private var capacity: Int
    private var count = 0
    private var limit = 0
    private var k: Int
    /// A candidate below this cannot be among the best k.
    private(set) var threshold: UInt64

    private static let sortedLimit = 32

    /// A collector for the best k, at least 1.
    init(k: Int = 1) {
        self.k = 1
        threshold = 0
        capacity = 256
        keys = .allocate(capacity: capacity)
        scratch = .allocate(capacity: capacity)
        reset(k: k)
    }

    deinit {
        keys.deallocate()
        scratch.deallocate()
    }

    /// Begins anew, for the best k; candidates with a score below `floor` are not wanted, nor are those without a positive score.
    func reset(k: Int, floor: Float = 0) {
        self.k = max(k, 1)
        count = 0
        threshold = max(UInt64(floor.bitPattern), 1) << 32
        limit = self.k <= Self.sortedLimit ? self.k : self.k + max(self.k, 128)
        if limit <= capacity { return }
        keys.deallocate()
        scratch.deallocate()
        capacity = limit
        keys = .allocate(capacity: capacity)
        scratch = .allocate(capacity: capacity)
    }

    /// The key of a candidate with a positive score.
    @inline(__always)
    static func key(score: Float, rank: Int) -> UInt64 {
        UInt64(score.bitPattern) << 32 | UInt64(truncatingIfNeeded: rank)
    }

    /// The score in a key.
    @inline(__always)
    static func score(_ key: UInt64) -> Float { Float(bitPattern: UInt32(truncatingIfNeeded: key >> 32)) }

    /// The place of the id in a key.
    @inline(__always)
    static func rank(_ key: UInt64) -> Int { Int(key & 0xFFFF_FFFF) }

    /// A document whose score is below this cannot be among the best k.
    @inline(__always)
    var scoreThreshold: Float { Self.score(threshold) }

    /// A document whose exact sum is below this cannot be among the best k: half way between the threshold and the number before it, the
    /// least sum that may be rounded to the threshold.
    var sumThreshold: Double {
        let score = scoreThreshold
        return (Double(score.nextDown) + Double(score)) / 2
    }

    /// Takes a candidate if it may be among the best k.
    @inline(__always)
    func insert(_ key: UInt64) {
        if key < threshold { return }
        if k <= Self.sortedLimit { return insertSorted(key) }
        keys[count] = key
        count &+= 1
        if count >= limit { prune() }
    }

    private func insertSorted(_ key: UInt64) {
        var place = count < k ? count : k - 1
        while place > 0, keys[place - 1] < key {
            keys[place] = keys[place - 1]
            place -= 1
        }
        keys[place] = key
        if count < k { count += 1 }
        if count == k { threshold = max(threshold, keys[k - 1]) }
    }

    /// The best k, best first; valid until the next use.
    func finish() -> UnsafeBufferPointer<UInt64> {
        if count > k { prune() }
        ck_sort_descending(keys, count, scratch)
        return UnsafeBufferPointer(start: keys, count: count)
    }

    private func prune() {
        ck_select_largest(keys, count, k, scratch)
        count = k
        var least = UInt64.max
        for index in 0..<k { least = min(least, keys[index]) }
        threshold = max(threshold, least)
    }
}
