/// Terms in ascending byte order with all their postings, uncompressed: what a run or a segment is written from.
final class PostingBatch: @unchecked Sendable {
    /// The terms one after the other.
    var termBytes: [UInt8] = []
    /// Where each term begins in `termBytes`, and the end of the last.
    var termOffsets: [Int] = [0]
    /// Where each term's postings begin, and the end of the last.
    var starts: [Int] = [0]
    /// The documents, ascending for each term.
    private(set) var documents: UnsafeMutablePointer<UInt32>
    /// The frequencies beside them.
    private(set) var frequencies: UnsafeMutablePointer<UInt32>
    /// The coded positions beside them; nil where none are stored.
    private(set) var positions: UnsafeMutablePointer<UnsafeRawBufferPointer>?
    /// What holds the positions of a batch that was sorted; those of a merged one lie in the files that are merged.
    var positionOwners: [PositionBytes] = []
    private var capacity: Int

    /// A batch with room for so many postings, with or without positions.
    init(capacity: Int, positions: Bool = false) {
        self.capacity = max(capacity, 1)
        documents = .allocate(capacity: self.capacity)
        frequencies = .allocate(capacity: self.capacity)
        self.positions = positions ? .allocate(capacity: self.capacity) : nil
    }

    deinit {
        documents.deallocate()
        frequencies.deallocate()
        positions?.deallocate()
    }

    var termCount: Int { termOffsets.count - 1 }
    var postingCount: Int { starts.last ?? 0 }

    /// Forgets everything but the room.
    func removeAll() {
        termBytes.removeAll(keepingCapacity: true)
        termOffsets = [0]
        starts = [0]
    }

    /// Makes room for postings after those that are there; what was written beyond them is kept.
    func reserve(_ further: Int) {
        let needed = postingCount + further
        if needed <= capacity { return }
        let room = max(needed, 2 * capacity)
        let moved: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>) = (
            .allocate(capacity: room), .allocate(capacity: room)
        )
        moved.0.update(from: documents, count: capacity)
        moved.1.update(from: frequencies, count: capacity)
        if let positions {
            let larger: UnsafeMutablePointer<UnsafeRawBufferPointer> = .allocate(capacity: room)
            larger.update(from: positions, count: capacity)
            positions.deallocate()
            self.positions = larger
        }
        documents.deallocate()
        frequencies.deallocate()
        (documents, frequencies) = moved
        capacity = room
    }

    /// Calls `body` with the bytes of a term.
    func withTerm<R>(_ term: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try termBytes.withUnsafeBytes {
            try body(UnsafeRawBufferPointer(rebasing: $0[termOffsets[term]..<termOffsets[term + 1]]))
        }
    }

    /// The documents of a term.
    func documents(of term: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: documents + starts[term], count: starts[term + 1] - starts[term])
    }

    /// The frequencies of a term.
    func frequencies(of term: Int) -> UnsafeBufferPointer<UInt32> {
        UnsafeBufferPointer(start: frequencies + starts[term], count: starts[term + 1] - starts[term])
    }

    /// The coded positions of a term's postings; nil where none are stored.
    func positions(of term: Int) -> UnsafeBufferPointer<UnsafeRawBufferPointer>? {
        positions.map { UnsafeBufferPointer(start: $0 + starts[term], count: starts[term + 1] - starts[term]) }
    }
}
