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

    private init(grades: [Int], sortedJudged: [Int]) {
        self.grades = grades
        judged = sortedJudged
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

    /// The ranking without the documents that have no grade of 0 or more, as trec_eval's `-J`.
    ///
    /// Complexity: O(retrieved).
    public var judgedOnly: GradedRanking {
        GradedRanking(grades: grades.filter { $0 >= 0 }, sortedJudged: judged)
    }

    /// The grades down to a cut-off.
    public func top(_ cutoff: Int?) -> ArraySlice<Int> {
        grades.prefix(cutoff ?? grades.count)
    }

    /// How many of the documents down to a cut-off have at least the grade.
    ///
    /// Complexity: O(retrieved).
    public func relevantRetrieved(minimumGrade: Int, cutoff: Int? = nil) -> Int {
        var count = 0
        for grade in top(cutoff) where grade >= minimumGrade { count += 1 }
        return count
    }
}
