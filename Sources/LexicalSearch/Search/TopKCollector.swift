/// Keeps the best k of many candidates of one segment in the total order.
///
/// A candidate is one number: the bits of its score, which is positive, above the place of its id in byte order. Comparing numbers is
/// then comparing scores first and ids second, both descending, which is the total order.
struct TopKCollector {
    /// The candidates kept so far; those beyond the best k are dropped now and then.
    private var keys: [UInt64] = []
    private let k: Int
    /// A candidate below this cannot be among the best k.
    ///
    /// At first the least positive score, so that zeros never pass.
    private(set) var threshold: UInt64 = 1 << 32

    /// A collector for the best k, at least 1.
    init(k: Int) {
        self.k = k
        keys.reserveCapacity(min(2 * k, 1 << 16))
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

    /// Takes a candidate if it may be among the best k.
    @inline(__always)
    mutating func insert(_ key: UInt64) {
        if key < threshold { return }
        keys.append(key)
        if keys.count >= 2 * k { prune() }
    }

    /// The best k, best first.
    mutating func finish() -> [UInt64] {
        if keys.count > k { prune() }
        keys.sort(by: >)
        return keys
    }

    private mutating func prune() {
        keys.withUnsafeMutableBufferPointer { Selection.moveLargest($0, k) }
        keys.removeLast(keys.count - k)
        threshold = keys.min() ?? threshold
    }
}

/// Selection without sorting.
enum Selection {
    /// Moves the `k` largest numbers to the front, in no order.
    ///
    /// Expected O(n) (Hoare's quickselect, middle of three as pivot).
    static func moveLargest(_ keys: UnsafeMutableBufferPointer<UInt64>, _ k: Int) {
        var low = 0
        var high = keys.count - 1
        while low < high {
            let middle = (low + high) / 2
            let (a, b, c) = (keys[low], keys[middle], keys[high])
            let pivot = max(min(a, b), min(max(a, b), c))
            var left = low
            var right = high
            while left <= right {
                while keys[left] > pivot { left += 1 }
                while keys[right] < pivot { right -= 1 }
                if left <= right {
                    keys.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if k - 1 <= right { high = right } else if k - 1 >= left { low = left } else { return }
        }
    }
}
