/// The postings of several terms with their fields brought together: for each term documents in ascending order with weighted frequencies.
///
/// A weighted frequency is the sum of weight · frequency over the fields, in double precision in the order of the fields. The memory, 12
/// bytes a posting and as much again for the longest list, stays from query to query.
final class FieldPostings {
    private var documents: [UInt32] = []
    private var frequencies: [Double] = []
    private var mergedDocuments: [UInt32] = []
    private var mergedFrequencies: [Double] = []
    private var lists: [Range<Int>] = []

    /// Drops all lists.
    func removeAll() {
        documents.removeAll(keepingCapacity: true)
        frequencies.removeAll(keepingCapacity: true)
        lists.removeAll(keepingCapacity: true)
    }

    /// Begins a list, which is empty.
    func beginList() { lists.append(documents.count..<documents.count) }

    /// Adds a field's postings to the last list.
    func add(_ cursor: consuming PostingCursor, weight: Double) throws {
        guard let list = lists.last else { return }
        let middle = documents.count
        documents.reserveCapacity(middle + cursor.count)
        frequencies.reserveCapacity(middle + cursor.count)
        while try cursor.next() {
            documents.append(contentsOf: UnsafeBufferPointer(start: cursor.documents, count: cursor.size))
            for frequency in UnsafeBufferPointer(start: cursor.frequencies, count: cursor.size) {
                frequencies.append(weight * Double(frequency))
            }
        }
        if middle > list.lowerBound { merge(list.lowerBound, middle) }
        lists[lists.count - 1] = list.lowerBound..<documents.count
    }

    /// Merges the postings from `start` to `middle` with those that follow.
    private func merge(_ start: Int, _ middle: Int) {
        mergedDocuments.removeAll(keepingCapacity: true)
        mergedFrequencies.removeAll(keepingCapacity: true)
        let end = documents.count
        var (i, j) = (start, middle)
        while i < middle, j < end {
            let (a, b) = (documents[i], documents[j])
            mergedDocuments.append(min(a, b))
            mergedFrequencies.append(
                a == b ? frequencies[i] + frequencies[j] : a < b ? frequencies[i] : frequencies[j])
            i += a <= b ? 1 : 0
            j += b <= a ? 1 : 0
        }
        mergedDocuments.append(contentsOf: documents[i..<middle])
        mergedFrequencies.append(contentsOf: frequencies[i..<middle])
        mergedDocuments.append(contentsOf: documents[j..<end])
        mergedFrequencies.append(contentsOf: frequencies[j..<end])
        documents.replaceSubrange(start..<end, with: mergedDocuments)
        frequencies.replaceSubrange(start..<end, with: mergedFrequencies)
    }

    /// The number of postings of a list.
    func count(_ list: Int) -> Int { lists[list].count }

    /// The number of a list's documents that are not deleted.
    func liveCount(_ list: Int, deleted: DeletedDocuments?) -> Int {
        guard let deleted else { return lists[list].count }
        return documents[lists[list]].count { !deleted.contains(Int($0)) }
    }

    /// The weighted frequency of a document in a list, 0 where it is not there; by binary search.
    func frequency(of document: UInt32, in list: Int) -> Double {
        var (low, high) = (lists[list].lowerBound, lists[list].upperBound)
        while low < high {
            let middle = (low + high) / 2
            if documents[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low < lists[list].upperBound && documents[low] == document ? frequencies[low] : 0
    }

    /// Calls `body` with the postings of a list.
    func withList<R>(
        _ list: Int, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<Double>) throws -> R
    ) rethrows -> R {
        let range = lists[list]
        return try documents.withUnsafeBufferPointer { documents in
            try frequencies.withUnsafeBufferPointer { frequencies in
                try body(
                    UnsafeBufferPointer(rebasing: documents[range]), UnsafeBufferPointer(rebasing: frequencies[range]))
            }
        }
    }
}
