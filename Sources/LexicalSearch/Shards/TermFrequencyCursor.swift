import DurableStorage

/// Walks through terms in ascending byte order with the number of documents that hold each.
protocol TermFrequencyCursor: AnyObject {
    /// The term at hand; nil at the end.
    var term: [UInt8]? { get }
    /// The number of documents that hold it, at least one.
    var frequency: Int { get }
    /// Goes on to the next term.
    func next() throws
}

/// The terms of a segment's documents that are not deleted.
final class SegmentTermFrequencies: TermFrequencyCursor {
    private let field: SegmentField
    private var cursor: TermCursor
    private(set) var frequency = 0

    init(_ field: SegmentField) throws {
        self.field = field
        cursor = try TermCursor(field.terms)
        try skipDeleted()
    }

    var term: [UInt8]? { cursor.term }

    func next() throws {
        try cursor.next()
        try skipDeleted()
    }

    private func skipDeleted() throws {
        while cursor.term != nil {
            frequency = try field.liveFrequency(cursor.entry)
            if frequency > 0 { return }
            try cursor.next()
        }
    }
}

/// The terms of several cursors, each once, with the sums of their frequencies; a heap of cursors, O(log n) a term of one of n.
struct TermFrequencySum {
    private var heap: [any TermFrequencyCursor] = []

    init(_ cursors: [any TermFrequencyCursor]) {
        heap = cursors.filter { $0.term != nil }
        for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
    }

    /// The next term; nil at the end.
    mutating func next() throws -> (term: [UInt8], frequency: Int)? {
        guard let term = heap.first?.term else { return nil }
        var sum = 0
        while let first = heap.first, first.term == term {
            let (next, overflow) = sum.addingReportingOverflow(first.frequency)
            guard !overflow, next <= StatisticsLayout.largest else { throw StatisticsLayout.tooLarge }
            sum = next
            try first.next()
            if first.term == nil {
                let last = heap.removeLast()
                if heap.isEmpty { break }
                heap[0] = last
            }
            sink(0)
        }
        return (term, sum)
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && precedes(child, least) {
                least = child
            }
            if least == place { return }
            heap.swapAt(place, least)
            place = least
        }
    }

    private func precedes(_ a: Int, _ b: Int) -> Bool {
        (heap[a].term ?? []).lexicographicallyPrecedes(heap[b].term ?? [])
    }
}
