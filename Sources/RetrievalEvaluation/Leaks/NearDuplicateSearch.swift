/// Finds for each test text the training text most like it, by the Jaccard similarity of their shingles, without comparing all pairs.
///
/// Exact set similarity join by prefix filtering (Chaudhuri, Ganti and Kaushik, ICDE 2006) with the length and positional filters of
/// PPJoin (Xiao, Wang, Lin and Yu, WWW 2008): two sets x and y with |x ∩ y| / |x ∪ y| ≥ t share one of the |x| − ⌈t |x|⌉ + 1 rarest
/// members of x with as many of y, their sizes differ by a factor of at most t, and what is left behind the first shared member must
/// suffice for an overlap of t / (1 + t) · (|x| + |y|). Whatever passes is compared in full.
struct NearDuplicateSearch {
    private let threshold: Double
    private let sets: ShingleSets
    /// For each shingle the places in `entries` of its list; one more than there are shingles.
    private var starts: [Int]
    /// Prefix members of training sets: by shingle, then by the size of the set, then by its place.
    private var entries: [Entry]

    private struct Entry {
        var set: Int32
        var size: Int32
        var position: Int32
    }

    /// An index of the training texts for a similarity above 0.
    ///
    /// Complexity: O(n log n) for n training shingles.
    init(_ sets: ShingleSets, threshold: Double) {
        precondition(threshold > 0, "the similarity of near duplicates is above 0")
        self.sets = sets
        self.threshold = threshold
        starts = Array(repeating: 0, count: sets.distinct + 1)
        func eachPrefixMember(_ body: (_ shingle: Int, Entry) -> Void) {
            let bySize = sets.train.indices.sorted { (sets.train[$0].count, $0) < (sets.train[$1].count, $1) }
            for place in bySize {
                let set = sets.train[place].known
                for (position, shingle) in set.prefix(Self.prefix(set.count, threshold)).enumerated() {
                    body(
                        Int(shingle),
                        Entry(set: Int32(place), size: Int32(set.count), position: Int32(position)))
                }
            }
        }
        var counts = Array(repeating: 0, count: sets.distinct)
        eachPrefixMember { shingle, _ in counts[shingle] += 1 }
        for shingle in counts.indices { starts[shingle + 1] = starts[shingle] + counts[shingle] }
        entries = Array(repeating: Entry(set: 0, size: 0, position: 0), count: starts.last ?? 0)
        var next = starts
        eachPrefixMember { shingle, entry in
            entries[next[shingle]] = entry
            next[shingle] += 1
        }
    }

    /// For each test text the most similar training text (the first of equals) and the similarity; nil where none reaches the threshold.
    func matches() -> [(train: Int, similarity: Double)?] {
        var seen = Array(repeating: -1, count: sets.train.count)
        return sets.test.indices.map { place in match(place, &seen) }
    }

    private func match(_ place: Int, _ seen: inout [Int]) -> (train: Int, similarity: Double)? {
        let set = sets.test[place]
        let smallest = Self.least(Double(set.count) * threshold)
        let largest = Double(set.count) / threshold + Self.rounding
        let prefix = max(Self.prefix(set.count, threshold) - set.unknown, 0)
        var best: (train: Int, similarity: Double)?
        for (position, shingle) in set.known.prefix(prefix).enumerated() {
            for entry in entries[list(of: Int(shingle), from: smallest)] {
                let size = Int(entry.size)
                if Double(size) > largest { break }
                let candidate = Int(entry.set)
                if seen[candidate] == place { continue }
                seen[candidate] = place
                let needed = Self.least(threshold / (1 + threshold) * Double(set.count + size))
                let other = sets.train[candidate].known
                guard
                    let overlap = Self.overlap(
                        set.known, from: position, other, from: Int(entry.position), atLeast: needed)
                else { continue }
                let similarity = Double(overlap) / Double(set.count + size - overlap)
                if similarity < threshold { continue }
                if let found = best, (found.similarity, -found.train) > (similarity, -candidate) { continue }
                best = (candidate, similarity)
            }
        }
        return best
    }

    /// The part of a shingle's list with sets of at least the given size.
    private func list(of shingle: Int, from smallest: Int) -> Range<Int> {
        var low = starts[shingle]
        var high = starts[shingle + 1]
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if Int(entries[middle].size) < smallest { low = middle + 1 } else { high = middle }
        }
        return low..<end
    }

    /// How many members two ascending lists share from their first shared one on; nil where it is certain to be fewer than asked for.
    private static func overlap(
        _ one: [UInt32], from first: Int, _ other: [UInt32], from second: Int, atLeast needed: Int
    ) -> Int? {
        var i = first
        var j = second
        var shared = 0
        while i < one.count, j < other.count {
            if shared + min(one.count - i, other.count - j) < needed { return nil }
            if one[i] == other[j] { shared += 1 }
            let step = one[i]
            if step <= other[j] { i += 1 }
            if other[j] <= step { j += 1 }
        }
        return shared >= needed ? shared : nil
    }

    /// The number of rarest members among which similar sets share one.
    private static func prefix(_ count: Int, _ threshold: Double) -> Int {
        count == 0 ? 0 : max(count - least(Double(count) * threshold) + 1, 0)
    }

    /// The least whole number that is not below a product, whatever its last bits.
    private static func least(_ product: Double) -> Int { Int((product - rounding).rounded(.up)) }

    private static let rounding = 1e-9
}
