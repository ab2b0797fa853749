/// The documents that several runs have for one query, list after list, in columns: ids and texts as bytes.
struct MergePool {
    /// The scores.
    private(set) var scores: [Double] = []
    /// The lists, the last one that has ended last, of a document that came again, and its id; nil while there is none.
    private(set) var repeated: (lists: (first: Int, second: Int), id: DocumentID)?
    private var ids = IdentifierColumn()
    private var texts = IdentifierColumn()
    private var index = HashIndex()
    /// Where each list ends.
    private var ends: [Int] = []
    /// Whether every list stands in the total order.
    private var isOrdered = true

    /// Whether documents are to be written: if not, there are no texts, and no document is looked for a second time.
    private let isForWriting: Bool

    /// A pool without documents.
    init(isForWriting: Bool) { self.isForWriting = isForWriting }

    /// The number of documents.
    var count: Int { scores.count }

    /// Forgets all documents and keeps the memory.
    mutating func removeAll() {
        scores.removeAll(keepingCapacity: true)
        ids.removeAll()
        texts.removeAll()
        index.removeAll()
        ends.removeAll(keepingCapacity: true)
        repeated = nil
        isOrdered = true
    }

    /// Adds a document to the list at hand, unless it is there.
    mutating func append(_ id: UnsafeBufferPointer<UInt8>, score: Double, text: UnsafeBufferPointer<UInt8>) {
        if isForWriting {
            let hash = IdentifierBytes.hash(id)
            switch index.find(hash, where: { ids.isSame($0, id) }) {
            case .free(let slot): index.append(hash, slot: slot)
            case .place(let place):
                let first = ends.firstIndex { place < $0 } ?? ends.count
                if repeated == nil { repeated = ((first, ends.count), String(decoding: id, as: UTF8.self)) }
                return
            }
            texts.append(text)
        }
        ids.append(id)
        scores.append(score)
        let place = count - 1
        if place > ends.last ?? 0, !precedes(place - 1, place) { isOrdered = false }
    }

    /// Ends the list at hand; the next one begins.
    mutating func endList() { ends.append(count) }

    /// The id of the document at a place.
    @inline(__always)
    func withID<Result>(of place: Int, _ step: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        ids.withBytes(of: place, step)
    }

    /// The text of the document at a place.
    @inline(__always)
    func withText<Result>(of place: Int, _ step: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        texts.withBytes(of: place, step)
    }

    /// The places of the best `k` documents in the total order; O(n + k · log lists) where every list stands in it, else O(n · log n).
    func best(_ k: Int) -> [Int] {
        guard isOrdered else { return Array(Array(0..<count).sorted(by: precedes).prefix(k)) }
        // A heap of what is left of each list, that with the best document first.
        var rest = zip([0] + ends, ends).map { $0..<$1 }.filter { !$0.isEmpty }
        for place in stride(from: rest.count / 2 - 1, through: 0, by: -1) { sink(place, &rest) }
        var best: [Int] = []
        best.reserveCapacity(min(k, count))
        while best.count < k, let first = rest.first {
            best.append(first.lowerBound)
            if first.count > 1 {
                rest[0] = first.dropFirst()
            } else {
                rest.swapAt(0, rest.count - 1)
                rest.removeLast()
            }
            sink(0, &rest)
        }
        return best
    }

    /// Whether no document that the lists leave out can be among the best `k`, where each list holds the best `depth` of its part.
    ///
    /// A list of fewer holds all of its part. What a longer part has beyond its list stands behind the list's last document; so it is not
    /// among the best where `k` documents stand at or before the first of these last ones. (P. Cao, Z. Wang: Efficient Top-K Query
    /// Calculation in Distributed Networks, PODC 2004, asks in further rounds for what is above such a threshold; here a query without
    /// `k` such documents is asked anew.)
    func isCertain(k: Int, depth: Int) -> Bool {
        guard isOrdered else { return false }
        let lists = zip([0] + ends, ends)
        guard let bound = lists.filter({ $1 - $0 >= depth }).map({ $1 - 1 }).min(by: precedes) else { return true }
        var count = 0
        for (start, end) in lists {
            var (low, high) = (start, end)
            while low < high {
                let middle = (low + high) / 2
                if precedes(bound, middle) { high = middle } else { low = middle + 1 }
            }
            count += low - start
        }
        return count >= k
    }

    private func precedes(_ one: Int, _ other: Int) -> Bool {
        if scores[one] != scores[other] { return scores[one] > scores[other] }
        return ids.compare(one, other) > 0
    }

    private func sink(_ start: Int, _ rest: inout [Range<Int>]) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < rest.count && precedes(rest[child].lowerBound, rest[least].lowerBound) {
                least = child
            }
            if least == place { return }
            rest.swapAt(place, least)
            place = least
        }
    }
}
