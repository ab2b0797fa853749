import DurableStorage

/// Walks through the documents of a term together with the positions at which it stands in them; documents are asked for in ascending order.
final class PositionalCursor {
    private var postings: PostingCursor
    private var positions: PositionListReader
    /// The block that `positions` is in, and the posting of it that comes next.
    private var block = 0
    private var next = 0
    /// The posting at hand.
    private var index = 0

    /// A cursor before the first document; nil where the field stores no positions.
    init?(_ entry: TermEntry, in field: SegmentField) throws {
        guard let positions = try field.positions(entry) else { return nil }
        self.positions = positions
        postings = try field.cursor(entry)
    }

    /// Goes to a document; false where it does not hold the term.
    func find(_ document: Int) throws -> Bool {
        let document = UInt32(truncatingIfNeeded: document)
        guard try postings.advance(to: document), let found = postings.find(document) else { return false }
        index = found
        return true
    }

    /// Calls `body` with each document of the term in ascending order, until it has seen all.
    func forEachDocument(_ body: (Int) throws -> Void) throws {
        while try postings.next() {
            for place in 0..<postings.size {
                index = place
                try body(Int(postings.documents[place]))
            }
        }
    }

    /// Puts the positions in the document at hand into an array, ascending.
    func readPositions(into array: inout [UInt32]) throws {
        postings.loadFrequencies()
        if postings.block != block || index < next {
            block = postings.block
            next = 0
            try positions.begin(block: block)
        }
        var passed = 0
        while next < index {
            passed += Int(postings.frequencies[next])
            next += 1
        }
        try positions.skip(passed)
        try positions.read(frequency: postings.frequencies[index], into: &array)
        next += 1
    }
}
