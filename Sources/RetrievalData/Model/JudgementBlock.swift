/// The judgements of up to 64 queries, with a table of their own that stays in the processor's cache.
struct JudgementBlock: Sendable {
    /// The number of queries of a block.
    static let size = 64

    /// For each query its first and its last judgement.
    private var ends: [(first: Int, last: Int)] = []
    /// The judgements in the order in which they were made; those of a query are linked.
    private var judgements: [Judgement] = []
    private var documents = IdentifierColumn()
    private var index = HashIndex()

    private struct Judgement: Sendable {
        var grade: Int
        /// The query's next judgement; 0 where there is none.
        var next = 0
        var query: UInt8
    }

    /// The number of judgements.
    var count: Int { judgements.count }

    /// Adds a query without judgements.
    mutating func appendQuery() { ends.append((-1, -1)) }

    /// Sets a query's judgement of a document and returns the grade it replaced, if any.
    mutating func judge(_ query: Int, document: UnsafeBufferPointer<UInt8>, grade: Int) -> Int? {
        let hash = Self.salted(IdentifierBytes.hash(document), query)
        let place = judgements.count
        switch index.find(hash, where: { isSame($0, query, document) }) {
        case .place(let place):
            defer { judgements[place].grade = grade }
            return judgements[place].grade
        case .free(let slot): index.append(hash, slot: slot)
        }
        judgements.append(Judgement(grade: grade, query: UInt8(truncatingIfNeeded: query)))
        documents.append(document)
        if ends[query].last >= 0 { judgements[ends[query].last].next = place } else { ends[query].first = place }
        ends[query].last = place
        return nil
    }

    /// The grade that a query gives a document; nil where it is not judged.
    func grade(_ query: Int, document: UnsafeBufferPointer<UInt8>) -> Int? {
        let hash = Self.salted(IdentifierBytes.hash(document), query)
        guard case .place(let place) = index.find(hash, where: { isSame($0, query, document) }) else { return nil }
        return judgements[place].grade
    }

    /// Calls a step with each document and grade of a query, in the order in which they were judged.
    func forEachDocument(of query: Int, _ step: (DocumentID, Int) -> Void) {
        forEach(of: query) { step(documents[$0], judgements[$0].grade) }
    }

    /// Calls a step with each grade of a query, in the order in which they were given.
    func forEachGrade(of query: Int, _ step: (Int) -> Void) {
        forEach(of: query) { step(judgements[$0].grade) }
    }

    /// Calls a step with the place and the grade of each document of a ranking that a query has judged.
    func forEachJudged(in ranking: RankingColumns, query: Int, _ step: (_ place: Int, _ grade: Int) -> Void) {
        forEach(of: query) { judgement in
            let hash = Self.salted(index.hashes[judgement], query)
            if let place = documents.withBytes(of: judgement, { ranking.place(of: $0, hash: hash) }) {
                step(place, judgements[judgement].grade)
            }
        }
    }

    @inline(__always)
    private func forEach(of query: Int, _ step: (Int) -> Void) {
        var judgement = ends[query].first
        guard judgement >= 0 else { return }
        repeat {
            step(judgement)
            judgement = judgements[judgement].next
        } while judgement > 0
    }

    @inline(__always)
    private func isSame(_ judgement: Int, _ query: Int, _ document: UnsafeBufferPointer<UInt8>) -> Bool {
        Int(judgements[judgement].query) == query && documents.isSame(judgement, document)
    }

    /// One hash for a document and a query; done twice it gives back the document's.
    @inline(__always)
    private static func salted(_ hash: UInt64, _ query: Int) -> UInt64 {
        hash ^ UInt64(truncatingIfNeeded: query) &* 0x9E37_79B9_7F4A_7C15
    }
}
