/// Relevance judgements: for each query the grades of its judged documents.
///
/// A grade of 1 or more is relevant unless a measure says otherwise; 0 is judged and not relevant; negative grades are kept as they are.
/// Memory: about 60 bytes a judgement and 100 a query, besides the bytes of the ids.
public struct Qrels: Sendable {
    /// The judged queries in the order in which they were first seen.
    public private(set) var queryIDs: [QueryID] = []
    /// Where each query stands in `queryIDs`.
    private var places: [QueryID: Int] = [:]
    private var blocks: [JudgementBlock] = []

    /// No judgements.
    public init() {}

    /// The grades of one query's judged documents; empty where the query has none.
    ///
    /// Complexity: O(judgements of the query), as the dictionary is made at each call; `grade(query:document:)` makes none.
    public subscript(queryID: QueryID) -> [DocumentID: Int] {
        guard let query = place(of: queryID) else { return [:] }
        var grades: [DocumentID: Int] = [:]
        blocks[query / JudgementBlock.size].forEachDocument(of: query % JudgementBlock.size) { grades[$0] = $1 }
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
        return document.withUTF8 {
            blocks[query / JudgementBlock.size].grade(query % JudgementBlock.size, document: $0)
        }
    }

    /// The documents of a query with at least the given grade, in byte order of their ids.
    public func relevant(to query: QueryID, minimumGrade: Int = 1) -> [DocumentID] {
        self[query].filter { $0.value >= minimumGrade }.map(\.key).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The number of judgements.
    public var count: Int { blocks.reduce(0) { $0 + $1.count } }

    /// Where a query stands in `queryIDs`; nil where it has no judgements.
    package func place(of query: QueryID) -> Int? { places[query] }

    /// The grades of the judged documents of the query at a place, in the order in which they were judged.
    package func grades(of query: Int) -> [Int] {
        var grades: [Int] = []
        blocks[query / JudgementBlock.size].forEachGrade(of: query % JudgementBlock.size) { grades.append($0) }
        return grades
    }

    /// Calls a step with the place in the ranking and the grade of each document of it that the query at a place has
    /// judged.
    ///
    /// Complexity: O(judgements of the query).
    package func forEachJudged(in ranking: RankingColumns, query: Int, _ step: (_ place: Int, _ grade: Int) -> Void) {
        blocks[query / JudgementBlock.size].forEachJudged(in: ranking, query: query % JudgementBlock.size, step)
    }

    /// The place of a query, which is given one where it has none.
    mutating func insert(query: QueryID) -> Int {
        if let place = places[query] { return place }
        let place = queryIDs.count
        places[query] = place
        queryIDs.append(query)
        if place % JudgementBlock.size == 0 { blocks.append(JudgementBlock()) }
        blocks[place / JudgementBlock.size].appendQuery()
        return place
    }

    /// Sets one judgement of the query at a place and returns the grade it replaced, if any.
    mutating func judge(_ query: Int, document: UnsafeBufferPointer<UInt8>, grade: Int) -> Int? {
        blocks[query / JudgementBlock.size].judge(query % JudgementBlock.size, document: document, grade: grade)
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
