/// Relevance judgements: for each query the grades of its judged documents.
///
/// A grade of 1 or more is relevant unless a measure says otherwise; 0 is judged and not relevant; negative grades are kept as they are.
/// Memory: about 70 bytes a judgement and 100 a query, besides the bytes of the ids.
public struct Qrels: Sendable {
    /// The judged queries in the order in which they were first seen.
    public private(set) var queryIDs: [QueryID] = []
    private var places: [QueryID: Int] = [:]
    /// For each query its first and its last judgement.
    private var ends: [(first: Int, last: Int)] = []
    /// The judgements in the order in which they were made; those of a query are linked.
    private var judgements: [Judgement] = []
    private var documents = IdentifierColumn()
    private var index = HashIndex()

    private struct Judgement: Sendable {
        var query: Int
        var grade: Int
        /// The hash of the document's id.
        var hash: UInt64
        /// The query's next judgement; 0 where there is none.
        var next = 0
    }

    /// No judgements.
    public init() {}

    /// The grades of one query's judged documents; empty where the query has none.
    ///
    /// Complexity: O(judgements of the query); the dictionary is made at each call.
    public subscript(queryID: QueryID) -> [DocumentID: Int] {
        guard let query = place(of: queryID) else { return [:] }
        var grades: [DocumentID: Int] = [:]
        forEachJudgement(of: query) { grades[documents[$0]] = judgements[$0].grade }
        return grades
    }

    /// Sets one judgement and returns the grade it replaced, if any.
    @discardableResult
    public mutating func judge(query: QueryID, document: DocumentID, grade: Int) -> Int? {
        let place = insert(query: query)
        var document = document
        return document.withUTF8 { judge(place, document: $0, grade: grade) }
    }

    /// The grade of a document; nil where it is not judged.
    public func grade(query: QueryID, document: DocumentID) -> Int? {
        guard let query = place(of: query) else { return nil }
        var document = document
        return document.withUTF8 { id in
            let hash = Self.salted(IdentifierBytes.hash(id), query)
            guard case .place(let place) = index.find(hash, where: { isSame($0, query, id) }) else { return nil }
            return judgements[place].grade
        }
    }

    /// The documents of a query with at least the given grade, in byte order of their ids.
    public func relevant(to query: QueryID, minimumGrade: Int = 1) -> [DocumentID] {
        self[query].filter { $0.value >= minimumGrade }.map(\.key).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The number of judgements.
    public var count: Int { judgements.count }

    /// Where a query stands in `queryIDs`; nil where it has no judgements.
    package func place(of query: QueryID) -> Int? { places[query] }

    /// The grades of the judged documents of the query at a place, in the order in which they were judged.
    package func grades(of query: Int) -> [Int] {
        var grades: [Int] = []
        forEachJudgement(of: query) { grades.append(judgements[$0].grade) }
        return grades
    }

    /// Calls a step with the place in the ranking and the grade of each document of it that the query at a place has
    /// judged.
    ///
    /// Complexity: O(judgements of the query).
    package func forEachJudged(in ranking: RankingColumns, query: Int, _ step: (_ place: Int, _ grade: Int) -> Void) {
        forEachJudgement(of: query) { judgement in
            let hash = judgements[judgement].hash
            if let place = documents.withBytes(of: judgement, { ranking.place(of: $0, hash: hash) }) {
                step(place, judgements[judgement].grade)
            }
        }
    }

    /// The place of a query, which is given one where it has none.
    mutating func insert(query: QueryID) -> Int {
        if let place = places[query] { return place }
        let place = queryIDs.count
        places[query] = place
        queryIDs.append(query)
        ends.append((-1, -1))
        return place
    }

    /// Sets one judgement of the query at a place and returns the grade it replaced, if any.
    mutating func judge(_ query: Int, document: UnsafeBufferPointer<UInt8>, grade: Int) -> Int? {
        let hash = IdentifierBytes.hash(document)
        let salted = Self.salted(hash, query)
        let place = judgements.count
        switch index.find(salted, where: { isSame($0, query, document) }) {
        case .place(let place):
            defer { judgements[place].grade = grade }
            return judgements[place].grade
        case .free(let slot): index.append(salted, slot: slot)
        }
        judgements.append(Judgement(query: query, grade: grade, hash: hash))
        documents.append(document)
        if ends[query].last >= 0 { judgements[ends[query].last].next = place } else { ends[query].first = place }
        ends[query].last = place
        return nil
    }

    @inline(__always)
    private func isSame(_ judgement: Int, _ query: Int, _ document: UnsafeBufferPointer<UInt8>) -> Bool {
        judgements[judgement].query == query && documents.isSame(judgement, document)
    }

    @inline(__always)
    private func forEachJudgement(of query: Int, _ step: (Int) -> Void) {
        var judgement = ends[query].first
        guard judgement >= 0 else { return }
        repeat {
            step(judgement)
            judgement = judgements[judgement].next
        } while judgement > 0
    }

    /// One hash for a document and a query.
    @inline(__always)
    private static func salted(_ hash: UInt64, _ query: Int) -> UInt64 {
        hash ^ UInt64(truncatingIfNeeded: query) &* 0x9E37_79B9_7F4A_7C15
    }
}

extension Qrels: Hashable {
    /// Whether the queries are the same, in the same order, and each has the same grades.
    public static func == (one: Qrels, other: Qrels) -> Bool {
        one.queryIDs == other.queryIDs && one.count == other.count
            && one.queryIDs.allSatisfy { one[$0] == other[$0] }
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(queryIDs)
        for query in queryIDs { hasher.combine(self[query]) }
    }
}
