/// Finds for each test text the training text most like it, by the Jaccard similarity of their shingles, without comparing all pairs.
///
/// Exact set similarity join by prefix filtering (Chaudhuri, Ganti and Kaushik, ICDE 2006) with the length and positional filters of
/// PPJoin (Xiao, Wang, Lin and Yu, WWW 2008). Two sets x and y with |x ∩ y| / |x ∪ y| ≥ t differ in size by a factor of at most t, share
/// t / (1 + t) · (|x| + |y|) members, and so share one of the |x| − ⌈t |x|⌉ + 1 rarest members of x that is one of as many of y; from the
/// first shared member on, both must have that many members left. What passes is held against `ShingleSignatures` and then compared.
struct NearDuplicateSearch {
    private let threshold: Double
    private let sets: ShingleSets
    private let signatures: ShingleSignatures
    /// For each shingle the start of its list in `entries`; one more than there are shingles.
    private let starts: [Int]
    /// The training sets with a shingle among their rarest: by shingle, then by the size of the set, then by its place.
    private let entries: [Entry]

    private struct Entry {
        var set: Int32 = 0
        var size: Int32 = 0
        var position: Int32 = 0
    }

    /// An index of the training texts for a similarity above 0.
    ///
    /// Complexity: O(n log n) for n training shingles.
    init(_ sets: ShingleSets, threshold: Double) {
        precondition(threshold > 0, "the similarity of near duplicates is above 0")
        self.sets = sets
        self.threshold = threshold
        signatures = ShingleSignatures(sets.train)
        let bySize = sets.train.indices.sorted { (sets.train[$0].count, $0) < (sets.train[$1].count, $1) }
        func eachEntry(_ body: (_ shingle: Int, Entry) -> Void) {
            for place in bySize {
                let set = sets.train[place].known
                for (position, shingle) in set.prefix(Self.prefix(set.count, threshold)).enumerated() {
                    body(Int(shingle), Entry(set: Int32(place), size: Int32(set.count), position: Int32(position)))
                }
            }
        }
        var starts = Array(repeating: 0, count: sets.distinct + 1)
        eachEntry { shingle, _ in starts[shingle + 1] += 1 }
        for shingle in 0..<sets.distinct { starts[shingle + 1] += starts[shingle] }
        var entries = Array(repeating: Entry(), count: starts.last ?? 0)
        var next = starts
        eachEntry { shingle, entry in
            entries[next[shingle]] = entry
            next[shingle] += 1
        }
        self.starts = starts
        self.entries = entries
    }

    /// For each test text the most similar training text (the first of equals) and the similarity; nil where none reaches the threshold.
    func matches() -> [(train: Int, similarity: Double)?] {
        var seen = Array(repeating: -1, count: sets.train.count)
        return sets.test.indices.map { match($0, &seen) }
    }

    /// `seen` holds for each training text the last test text that it was compared with.
    private func match(_ place: Int, _ seen: inout [Int]) -> (train: Int, similarity: Double)? {
        let set = sets.test[place]
        let smallest = Self.least(Double(set.count) * threshold)
        let largest = min(Int((min(Double(set.count) / threshold, 1e9) + Self.rounding).rounded(.down)), sets.largest)
        if smallest > largest { return nil }
        let overlaps = (smallest...largest).map { Self.least(threshold / (1 + threshold) * Double(set.count + $0)) }
        let signature = ShingleSignatures([set])
        let prefix = set.known.prefix(max(Self.prefix(set.count, threshold) - set.unknown, 0))
        var best: (train: Int, similarity: Double)?
        for (position, shingle) in prefix.enumerated() {
            let left = set.known.count - position
            for entry in entries[list(of: Int(shingle), from: smallest)] {
                let size = Int(entry.size)
                if size > largest { break }
                let needed = overlaps[size - smallest]
                if left < needed || size - Int(entry.position) < needed { continue }
                let candidate = Int(entry.set)
                if seen[candidate] == place { continue }
                seen[candidate] = place
                // |x ∩ y| = (|x| + |y| − |x Δ y|) / 2.
                let apart = signatures.leastDifference(candidate, signature) + set.unknown
                if set.count + size - apart < 2 * needed { continue }
                let overlap = Self.overlap(
                    set.known[position...], sets.train[candidate].known[Int(entry.position)...], atLeast: needed)
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
        let end = starts[shingle + 1]
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if Int(entries[middle].size) < smallest { low = middle + 1 } else { high = middle }
        }
        return low..<end
    }

    /// How many members two ascending lists share; 0 where it turns out to be fewer than asked for.
    private static func overlap(_ one: ArraySlice<UInt32>, _ other: ArraySlice<UInt32>, atLeast needed: Int) -> Int {
        var i = one.startIndex
        var j = other.startIndex
        var sparedOfOne = one.count - needed
        var sparedOfOther = other.count - needed
        var shared = 0
        while i < one.endIndex, j < other.endIndex {
            let (left, right) = (one[i], other[j])
            if left == right {
                shared += 1
                i += 1
                j += 1
            } else if left < right {
                i += 1
                sparedOfOne -= 1
                if sparedOfOne < 0 { return 0 }
            } else {
                j += 1
                sparedOfOther -= 1
                if sparedOfOther < 0 { return 0 }
            }
        }
        return shared
    }

    /// The number of rarest members among which similar sets share one.
    private static func prefix(_ count: Int, _ threshold: Double) -> Int {
        count == 0 ? 0 : max(count - least(Double(count) * threshold) + 1, 0)
    }

    /// The least whole number that is not below a product, whatever its last bits.
    private static func least(_ product: Double) -> Int { Int((product - rounding).rounded(.up)) }

    private static let rounding = 1e-9
}
