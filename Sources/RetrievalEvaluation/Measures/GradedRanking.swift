import RetrievalData

/// What measures see of one query: the grade of each retrieved document, best first, and the grades of all judged documents.
public struct GradedRanking: Sendable, Hashable {
    /// Stands in `grades` for a document that nobody judged; below every grade.
    public static let unjudged = Int.min

    /// The grades in rank order.
    public let grades: [Int]
    /// The grades of all judged documents of the query, retrieved or not, highest first.
    public let judged: [Int]

    /// A ranking from the grades of its documents and those of all judged documents in any order.
    public init(grades: [Int], judged: [Int]) {
        self.grades = grades
        self.judged = judged.sorted(by: >)
    }

    /// Looks up the grade of every document of a ranking.
    public init(_ documents: some Sequence<ScoredDocument>, judgements: [DocumentID: Int]) {
        self.init(grades: documents.map { judgements[$0.id] ?? Self.unjudged }, judged: Array(judgements.values))
    }

    /// The number of judged documents with at least the grade.
    ///
    /// Complexity: O(relevant).
    public func relevantCount(minimumGrade: Int) -> Int {
        var count = 0
        for grade in judged {
            if grade < minimumGrade { break }
            count += 1
        }
        return count
    }

    /// The grades down to a cut-off.
    public func top(_ cutoff: Int?) -> ArraySlice<Int> {
        grades.prefix(cutoff ?? grades.count)
    }

    /// How many of the documents down to a cut-off have at least the grade.
    public func relevantRetrieved(_ measure: Measure) -> Int {
        var count = 0
        for grade in top(measure.cutoff) where grade >= measure.minimumGrade { count += 1 }
        return count
    }
}
