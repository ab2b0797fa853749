/// The postings of several terms with their fields brought together: for each term documents in ascending order with weighted frequencies.
///
/// A weighted frequency is the sum of weight · frequency over the fields, in double precision in the order of the fields. The memory, 12
/// bytes a posting and as much again for the longest list, stays from query to query.
final class FieldPostings {
    /// Documents and weighted frequencies side by side, behind pointers: the loops over them then need no exclusivity checks.
    private struct Columns {
        var documents: UnsafeMutablePointer<UInt32> = .allocate(capacity: 1024)
        var frequencies: UnsafeMutablePointer<Double> = .allocate(capacity: 1024)
        var capacity = 1024

        /// Makes room for so many postings; the first `count` are kept.
        mutating func reserve(_ needed: Int, keeping count: Int) {
            if needed <= capacity { return }
            let old = self
            capacity = max(needed, 2 * capacity)
            documents = .allocate(capacity: capacity)
            frequencies = .allocate(capacity: capacity)
            documents.update(from: old.documents, count: count)
            frequencies.update(from: old.frequencies, count: count)
            old.deallocate()
        }

        func deallocate() {
            documents.deallocate()
            frequencies.deallocate()
        }
    }

    private var columns = Columns()
    private var merged = Columns()
    private var count = 0
    private var lists: [Range<Int>] = []

    deinit {
        columns.deallocate()
        merged.deallocate()
    }

    /// Drops all lists.
    func removeAll() {
        count = 0
        lists.removeAll(keepingCapacity: true)
    }

    /// Begins a list, which is empty.
    func beginList() { lists.append(count..<count) }

    /// Adds a field's postings to the last list.
    func add(_ cursor: consuming PostingCursor, weight: Double) throws {
        guard let start = lists.last?.lowerBound else { return }
        let middle = count
        columns.reserve(middle + cursor.count, keeping: middle)
        let (documents, frequencies) = (columns.documents + middle, columns.frequencies + middle)
        var read = 0
        while try cursor.next() {
            (documents + read).update(from: cursor.documents, count: cursor.size)
            for index in 0..<cursor.size {
                frequencies[read &+ index] = weight * Double(cursor.frequencies[index])
            }
            read += cursor.size
        }
        count = middle > start ? merge(start, middle, middle + read) : middle + read
        lists[lists.count - 1] = start..<count
    }

    /// Merges the postings from `start` to `middle` with those from there to `end`; returns the new end.
    private func merge(_ start: Int, _ middle: Int, _ end: Int) -> Int {
        merged.reserve(end - start, keeping: 0)
        let (from, to) = (columns, merged)
        var (i, j, written) = (start, middle, 0)
        while i < middle, j < end {
            let (a, b) = (from.documents[i], from.documents[j])
            let (takesFirst, takesSecond) = (a <= b, b <= a)
            to.documents[written] = min(a, b)
            to.frequencies[written] = (takesFirst ? from.frequencies[i] : 0) + (takesSecond ? from.frequencies[j] : 0)
            i &+= takesFirst ? 1 : 0
            j &+= takesSecond ? 1 : 0
            written &+= 1
        }
        // Of what is left one part is empty, and the other ends the list.
        let rest = i < middle ? i..<middle : j..<end
        let place = start + written
        // The rest may have to move to a place that overlaps its own; `update` takes care of that.
        (from.documents + place).update(from: from.documents + rest.lowerBound, count: rest.count)
        (from.frequencies + place).update(from: from.frequencies + rest.lowerBound, count: rest.count)
        (from.documents + start).update(from: to.documents, count: written)
        (from.frequencies + start).update(from: to.frequencies, count: written)
        return place + rest.count
    }

    /// The number of postings of a list.
    func count(_ list: Int) -> Int { lists[list].count }

    /// The number of a list's documents that are not deleted.
    func liveCount(_ list: Int, deleted: DeletedDocuments?) -> Int {
        guard let deleted else { return lists[list].count }
        return documents(list).count { !deleted.contains(Int($0)) }
    }

    /// The documents of a list; valid until the next change.
    func documents(_ list: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: columns.documents + lists[list].lowerBound, count: lists[list].count)
    }

    /// The weighted frequencies of a list; valid until the next change.
    func frequencies(_ list: Int) -> UnsafeBufferPointer<Double> {
        UnsafeBufferPointer(start: columns.frequencies + lists[list].lowerBound, count: lists[list].count)
    }

    /// The weighted frequency of a document in a list, 0 where it is not there; by binary search.
    func frequency(of document: UInt32, in list: Int) -> Double {
        let documents = documents(list)
        var (low, high) = (0, documents.count)
        while low < high {
            let middle = (low + high) / 2
            if documents[middle] < document { low = middle + 1 } else { high = middle }
        }
        return low < documents.count && documents[low] == document ? frequencies(list)[low] : 0
    }
}
