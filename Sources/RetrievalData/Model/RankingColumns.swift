/// One query's documents as a run file has them, in columns: ids as bytes, scores as numbers.
///
/// No document stands twice, no score is NaN or infinite. The order is the file's. Memory is kept from one query to the
/// next.
package struct RankingColumns: Sendable {
    /// The query.
    package private(set) var queryID: QueryID = ""
    /// The scores.
    package private(set) var scores: [Double] = []
    private var ids = IdentifierColumn()
    private var index = HashIndex()
    private var queryBytes: [UInt8] = []

    /// No documents of no query.
    init() {}

    /// The columns of a ranking, in its order.
    init(_ ranking: Ranking) {
        begin(ranking.queryID)
        for var document in ranking.documents { _ = document.id.withUTF8 { append($0, score: document.score) } }
    }

    /// The number of documents.
    package var count: Int { scores.count }

    /// Whether the bytes are those of the query's id.
    @inline(__always)
    func isQuery(_ id: UnsafeBufferPointer<UInt8>) -> Bool {
        queryBytes.count == id.count && queryBytes.withUnsafeBufferPointer { IdentifierBytes.compare($0, id) } == 0
    }

    /// Forgets the documents and begins those of another query.
    mutating func begin(_ query: QueryID) {
        queryID = query
        queryBytes = Array(query.utf8)
        scores.removeAll(keepingCapacity: true)
        ids.removeAll()
        index.removeAll()
    }

    /// Adds a document; returns whether it was not there.
    @inline(__always)
    mutating func append(_ id: UnsafeBufferPointer<UInt8>, score: Double) -> Bool {
        let hash = IdentifierBytes.hash(id)
        guard case .free(let slot) = index.find(hash, where: { ids.isSame($0, id) }) else { return false }
        index.append(hash, slot: slot)
        ids.append(id)
        scores.append(score)
        return true
    }

    /// The place of a document.
    @inline(__always)
    func place(of id: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int? {
        if case .place(let place) = index.find(hash, where: { ids.isSame($0, id) }) { place } else { nil }
    }

    /// The place of a document; nil where it is not there.
    package func place(of id: DocumentID) -> Int? {
        var id = id
        return id.withUTF8 { place(of: $0, hash: IdentifierBytes.hash($0)) }
    }

    /// The places from the first rank to the last; nil where the documents stand in the total order as they are.
    ///
    /// With `single` scores that round to the same 32-bit number tie. Complexity: O(n) in order, else O(n log n).
    package func order(single: Bool = false) -> [Int]? {
        func precedes(_ one: Int, _ other: Int) -> Bool {
            let (first, second) = (scores[one], scores[other])
            if single, Float(first) != Float(second) { return Float(first) > Float(second) }
            if !single, first != second { return first > second }
            return ids.compare(one, other) > 0
        }
        var isInOrder = true
        var place = 1
        while place < count, isInOrder {
            isInOrder = precedes(place - 1, place)
            place += 1
        }
        return isInOrder ? nil : Array(0..<count).sorted(by: precedes)
    }

    /// The documents in the total order.
    var documents: [ScoredDocument] {
        (order() ?? Array(0..<count)).map { ScoredDocument(id: ids[$0], score: scores[$0]) }
    }
}
