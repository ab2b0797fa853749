/// How often each pair of neighbouring pieces occurs, in which words, and which is the most frequent.
struct PairCounts {
    /// Two neighbouring pieces by their numbers.
    struct Pair: Hashable {
        var left: UInt32
        var right: UInt32

        init(_ left: UInt32, _ right: UInt32) {
            self.left = left
            self.right = right
        }
    }

    /// A pair with the count it had when it was queued: never less than its count now.
    private struct Candidate {
        var count: Int
        var pair: UInt32
    }

    private var numbers: [Pair: UInt32] = [:]
    private var pairs: [Pair] = []
    private var counts: [Int] = []
    private var words: [[UInt32]] = []
    private var heap: [Candidate] = []
    /// Pairs whose count has risen since the last merge.
    private var risen: [UInt32] = []

    /// Adds occurrences of a pair in a word.
    mutating func add(_ pair: Pair, count: Int, word: Int) {
        let number: Int
        if let known = numbers[pair] {
            number = Int(known)
        } else {
            number = pairs.count
            numbers[pair] = UInt32(number)
            pairs.append(pair)
            counts.append(0)
            words.append([])
        }
        counts[number] += count
        if words[number].last != UInt32(word) { words[number].append(UInt32(word)) }
        if risen.last != UInt32(number) { risen.append(UInt32(number)) }
    }

    /// Removes occurrences of a pair.
    mutating func remove(_ pair: Pair, count: Int) {
        if let number = numbers[pair] { counts[Int(number)] -= count }
    }

    /// The words in which the pair has occurred, possibly more than once each; they are forgotten here.
    mutating func takeWords(of pair: Pair) -> [UInt32] {
        guard let number = numbers[pair] else { return [] }
        var taken: [UInt32] = []
        swap(&taken, &words[Int(number)])
        return taken
    }

    /// Ends the merge of a pair: it occurs no more, and pairs that have risen are queued.
    mutating func finish(_ pair: Pair, _ pieces: ByteInterner) {
        if let number = numbers[pair] { counts[Int(number)] = 0 }
        fillQueue(pieces)
    }

    /// Queues the pairs that have risen.
    mutating func fillQueue(_ pieces: ByteInterner) {
        risen.sort()
        var last: UInt32?
        for number in risen where number != last {
            last = number
            if counts[Int(number)] > 0 { push(Candidate(count: counts[Int(number)], pair: number), pieces) }
        }
        risen.removeAll(keepingCapacity: true)
    }

    /// The most frequent pair and its count; of equal counts the pair with the lesser bytes, left piece first.
    mutating func popMostFrequent(_ pieces: ByteInterner) -> (Pair, Int)? {
        while let top = pop(pieces) {
            let count = counts[Int(top.pair)]
            if count == top.count { return (pairs[Int(top.pair)], count) }
            if count > 0 && count < top.count { push(Candidate(count: count, pair: top.pair), pieces) }
        }
        return nil
    }

    private func precedes(_ a: Candidate, _ b: Candidate, _ pieces: ByteInterner) -> Bool {
        if a.count != b.count { return a.count > b.count }
        if a.pair == b.pair { return false }
        let (p, q) = (pairs[Int(a.pair)], pairs[Int(b.pair)])
        if p.left != q.left {
            return pieces.bytes(Int(p.left)).lexicographicallyPrecedes(pieces.bytes(Int(q.left)))
        }
        return pieces.bytes(Int(p.right)).lexicographicallyPrecedes(pieces.bytes(Int(q.right)))
    }

    private mutating func push(_ candidate: Candidate, _ pieces: ByteInterner) {
        heap.append(candidate)
        var i = heap.count - 1
        while i > 0, precedes(candidate, heap[(i - 1) / 2], pieces) {
            heap[i] = heap[(i - 1) / 2]
            i = (i - 1) / 2
        }
        heap[i] = candidate
    }

    private mutating func pop(_ pieces: ByteInterner) -> Candidate? {
        guard let top = heap.first, let moved = heap.popLast() else { return nil }
        if heap.isEmpty { return top }
        var i = 0
        while true {
            var child = 2 * i + 1
            if child >= heap.count { break }
            if child + 1 < heap.count, precedes(heap[child + 1], heap[child], pieces) { child += 1 }
            if !precedes(heap[child], moved, pieces) { break }
            heap[i] = heap[child]
            i = child
        }
        heap[i] = moved
        return top
    }
}
