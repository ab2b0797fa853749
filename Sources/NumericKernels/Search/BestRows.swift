import CKernels

/// The best `k` rows seen so far.
///
/// Rows are collected until there is no room for more; then the best `k` of them are selected. A row costs O(1) on average.
struct BestRows {
    /// One scored row.
    struct Entry {
        var score: Float
        var row: Int32
    }

    private let k: Int
    /// So many rows are collected before a selection.
    private let room: Int
    /// The score, so that integers stand in the same order, and the row in the lower half.
    private var keys: [UInt64] = []
    /// A score below this cannot enter; −∞ until a selection from at least `k` rows, +∞ where there is no room at all.
    private(set) var threshold: Float

    init(k: Int) {
        self.k = k
        room = k + max(64, min(k, 4096))
        threshold = k > 0 ? -.infinity : .infinity
    }

    /// Offers a row; `before` orders two rows of equal score.
    mutating func offer(_ entry: Entry, _ before: (Int, Int) -> Bool) {
        guard entry.score >= threshold, k > 0 else { return }
        keys.append(Self.key(entry))
        if keys.count >= room { select(before) }
    }

    /// Takes over what another selection holds.
    mutating func merge(_ other: BestRows, _ before: (Int, Int) -> Bool) {
        for key in other.keys { offer(Self.entry(key), before) }
        select(before)
    }

    /// The best rows, in no order.
    mutating func rows(_ before: (Int, Int) -> Bool) -> [Int32] {
        select(before)
        return keys.map { Self.entry($0).row }
    }

    /// The best rows, best first.
    mutating func sorted(_ before: (Int, Int) -> Bool) -> [Entry] {
        select(before)
        return keys.map(Self.entry).sorted {
            $0.score != $1.score ? $0.score > $1.score : $0.row != $1.row && before(Int($0.row), Int($1.row))
        }
    }

    /// Drops all but the best `k` and raises the threshold to the last of them.
    private mutating func select(_ before: (Int, Int) -> Bool) {
        let (count, k) = (keys.count, k)
        guard k > 0, count >= k else { return }
        keys.withUnsafeMutableBufferPointer { keys in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: count) { scratch in
                guard let base = keys.baseAddress, let room = scratch.baseAddress else { return }
                ck_select_largest(base, count, k, room)
            }
        }
        let last = keys[..<k].reduce(.max) { min($0, $1 >> 32) }
        if keys[k...].contains(where: { $0 >> 32 == last }) {
            // Rows of equal score stand on both sides of the cut.
            let equal = keys.filter { $0 >> 32 == last }.sorted {
                before(Int(Self.entry($0).row), Int(Self.entry($1).row))
            }
            keys.removeAll { $0 >> 32 <= last }
            keys.append(contentsOf: equal.prefix(k - keys.count))
        } else {
            keys.removeSubrange(k...)
        }
        threshold = Self.entry(last << 32).score
    }

    private static func key(_ entry: Entry) -> UInt64 {
        // The two zeros are equal as scores, so they must be as bits.
        let bits = (entry.score + 0).bitPattern
        let ordered = bits >> 31 == 0 ? bits | 0x8000_0000 : ~bits
        return UInt64(ordered) << 32 | UInt64(UInt32(bitPattern: entry.row))
    }

    private static func entry(_ key: UInt64) -> Entry {
        let ordered = UInt32(truncatingIfNeeded: key >> 32)
        let bits = ordered >> 31 == 1 ? ordered & 0x7FFF_FFFF : ~ordered
        return Entry(score: Float(bitPattern: bits), row: Int32(truncatingIfNeeded: key))
    }
}
