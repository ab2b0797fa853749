/// One term of a query on its way through a segment: its postings, what they contribute, and its part in the window at hand.
struct TermState: ~Copyable {
    var cursor: PostingCursor
    var saturation: Saturation
    /// The bound of the whole list.
    var bound = 0.0
    /// The bound in the window at hand.
    var windowBound = 0.0
    /// Whether the list is scored in the window at hand, rather than looked up for the candidates that the others leave.
    var isEssential = true

    init(_ cursor: consuming PostingCursor, _ saturation: Saturation) {
        self.cursor = cursor
        self.saturation = saturation
    }
}

/// Term states that keep their memory from query to query.
final class TermPool {
    /// The states of the query at hand: the first `count`.
    private(set) var states: UnsafeMutablePointer<TermState> = .allocate(capacity: 16)
    private(set) var count = 0
    private var capacity = 16
    private var initialized = 0

    deinit {
        states.deinitialize(count: initialized)
        states.deallocate()
    }

    /// Drops the states.
    func removeAll() { count = 0 }

    /// Adds a term whose postings have that entry.
    func add(_ entry: TermEntry, in field: SegmentField, _ saturation: Saturation) throws {
        let view = try field.postings.view(offset: entry.postingsOffset, count: entry.postingsLength)
        if count < initialized {
            try states[count].cursor.reset(
                view, count: entry.documentFrequency, documentLimit: field.documentCount)
            states[count].saturation = saturation
        } else {
            if count == capacity { grow() }
            let cursor = try PostingCursor(
                view, count: entry.documentFrequency, documentLimit: field.documentCount)
            (states + count).initialize(to: TermState(cursor, saturation))
            initialized += 1
        }
        count += 1
    }

    private func grow() {
        let larger = UnsafeMutablePointer<TermState>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: states, count: initialized)
        states.deallocate()
        states = larger
        capacity *= 2
    }
}
