/// The best `k` rows seen so far, the worst of them on top.
struct BoundedHeap {
    /// One scored row.
    struct Entry {
        var score: Float
        var row: Int32
    }

    private let k: Int
    private var entries: [Entry] = []

    init(k: Int) {
        self.k = k
        entries.reserveCapacity(min(k, 1024))
    }

    /// A score below this cannot enter; −∞ while there is room, +∞ where there never is.
    var threshold: Float {
        if entries.count < k { return -.infinity }
        return entries.first?.score ?? .infinity
    }

    /// Offers a row; `before` orders two rows of equal score.
    mutating func offer(_ entry: Entry, _ before: (Int, Int) -> Bool) {
        if entries.count < k {
            entries.append(entry)
            var child = entries.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard Self.isWorse(entries[child], entries[parent], before) else { break }
                entries.swapAt(child, parent)
                child = parent
            }
        } else if k > 0, Self.isWorse(entries[0], entry, before) {
            entries[0] = entry
            var parent = 0
            while true {
                var worst = parent
                for child in [2 * parent + 1, 2 * parent + 2]
                where child < entries.count && Self.isWorse(entries[child], entries[worst], before) { worst = child }
                if worst == parent { break }
                entries.swapAt(parent, worst)
                parent = worst
            }
        }
    }

    /// Takes over what another heap holds.
    mutating func merge(_ other: BoundedHeap, _ before: (Int, Int) -> Bool) {
        for entry in other.entries { offer(entry, before) }
    }

    /// The rows, best first.
    func sorted(_ before: (Int, Int) -> Bool) -> [Entry] {
        entries.sorted { Self.isWorse($1, $0, before) }
    }

    private static func isWorse(_ a: Entry, _ b: Entry, _ before: (Int, Int) -> Bool) -> Bool {
        if a.score != b.score { return a.score < b.score }
        return a.row != b.row && before(Int(b.row), Int(a.row))
    }
}
