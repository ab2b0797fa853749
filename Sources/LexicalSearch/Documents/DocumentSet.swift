/// A set of a segment's documents as a bitmap, in memory.
struct DocumentSet: Sendable, Hashable {
    /// The number of documents of the segment.
    let documentCount: Int
    /// The number of documents in the set.
    private(set) var count = 0
    /// Bit d mod 64 of word d / 64 stands for document d.
    private(set) var words: [UInt64]

    /// The empty set.
    init(documentCount: Int) {
        self.documentCount = documentCount
        words = [UInt64](repeating: 0, count: (documentCount + 63) / 64)
    }

    /// Whether a document is in the set.
    @inline(__always)
    func contains(_ document: Int) -> Bool { words[document >> 6] >> UInt64(document & 63) & 1 == 1 }

    /// Adds a document and returns whether it is new.
    @discardableResult
    mutating func insert(_ document: Int) -> Bool {
        precondition(document >= 0 && document < documentCount, "a document of the segment")
        if contains(document) { return false }
        words[document >> 6] |= 1 << UInt64(document & 63)
        count += 1
        return true
    }

    /// Keeps only the documents that are in another set of the same segment too.
    mutating func formIntersection(_ other: DocumentSet) {
        precondition(other.documentCount == documentCount, "sets of one segment")
        count = 0
        for index in words.indices {
            words[index] &= other.words[index]
            count += words[index].nonzeroBitCount
        }
    }

    /// Adds the documents of another set of the same segment.
    mutating func formUnion(_ other: DocumentSet) {
        precondition(other.documentCount == documentCount, "sets of one segment")
        count = 0
        for index in words.indices {
            words[index] |= other.words[index]
            count += words[index].nonzeroBitCount
        }
    }

    /// The documents of the segment that are not in this set.
    func complement() -> DocumentSet {
        var complement = self
        for index in words.indices { complement.words[index] = ~words[index] }
        if documentCount % 64 != 0 { complement.words[words.count - 1] &= (1 << UInt64(documentCount % 64)) - 1 }
        complement.count = documentCount - count
        return complement
    }

    /// The documents in ascending order.
    var documents: [Int] {
        var documents: [Int] = []
        documents.reserveCapacity(count)
        for (index, var word) in words.enumerated() {
            while word != 0 {
                documents.append(64 * index + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
        return documents
    }
}
