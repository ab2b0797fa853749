/// Relevance judgements: for each query the grades of its judged documents.
///
/// A grade of 1 or more is relevant unless a measure says otherwise; 0 is judged and not relevant; negative grades are kept as they are.
public struct Qrels: Sendable, Hashable {
    /// The judged queries in the order in which they were first seen.
    public private(set) var queryIDs: [QueryID] = []
    private var grades: [QueryID: [DocumentID: Int]] = [:]

    /// No judgements.
    public init() {}

    /// The grades of one query's judged documents; empty where the query has none.
    public subscript(queryID: QueryID) -> [DocumentID: Int] { grades[queryID] ?? [:] }

    /// Sets one judgement and returns the grade it replaced, if any.
    @discardableResult
    public mutating func judge(query: QueryID, document: DocumentID, grade: Int) -> Int? {
        if grades[query] == nil { queryIDs.append(query) }
        return grades[query, default: [:]].updateValue(grade, forKey: document)
    }

    /// The documents of a query with at least the given grade, in byte order of their ids.
    public func relevant(to query: QueryID, minimumGrade: Int = 1) -> [DocumentID] {
        self[query].filter { $0.value >= minimumGrade }.map(\.key).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The number of judgements.
    public var count: Int { grades.values.reduce(0) { $0 + $1.count } }
}
