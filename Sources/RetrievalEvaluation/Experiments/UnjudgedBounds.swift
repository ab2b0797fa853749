import RetrievalData

/// What one query's difference could be if unjudged documents were relevant.
///
/// In the pessimistic case unjudged documents are relevant that are among the baseline's first `depth` and not among the run's: of them
/// the highest-ranked few that make the difference lowest, maybe none. In the optimistic case baseline and run change places. All other
/// unjudged documents stay not relevant. A relevant one has the highest grade among the query's judgements, at least the measure's lowest
/// relevant grade, and enters the ideal ranking too. For a measure with a cut-off of up to `depth` no other choice among these documents
/// makes the difference lower, because of equal grades the one at the higher rank is worth more.
///
/// The idea is that of the residual of rank-biased precision (Moffat and Zobel, TOIS 27, 2008), taken to any measure and to differences.
struct UnjudgedBounds {
    private let measure: Measure
    private let depth: Int
    private let judgements: [DocumentID: Int]
    private let grade: Int

    init(measure: Measure, depth: Int, judgements: [DocumentID: Int]) {
        self.measure = measure
        self.depth = depth
        self.judgements = judgements
        grade = max(judgements.values.max() ?? 0, measure.minimumGrade, 1)
    }

    /// The difference of two rankings and its bounds.
    ///
    /// Complexity: O(depth) evaluations of the measure.
    func bounds(
        baseline: [ScoredDocument], run: [ScoredDocument]
    ) -> (difference: Double, pessimistic: Double, optimistic: Double) {
        let old = Side(baseline, depth, judgements)
        let new = Side(run, depth, judgements)
        let difference = value(new, with: [:]) - value(old, with: [:])
        let pessimistic = lowest(of: { value(new, with: $0) - value(old, with: $0) }, old.unjudged(not: new))
        let optimistic = -lowest(of: { value(old, with: $0) - value(new, with: $0) }, new.unjudged(not: old))
        return (difference, min(pessimistic, difference), max(optimistic, difference))
    }

    /// The share of unjudged documents among the first `depth`; nil where there are no documents.
    func share(_ documents: [ScoredDocument]) -> Double? {
        let top = documents.prefix(depth)
        return top.isEmpty ? nil : Double(top.count { judgements[$0.id] == nil }) / Double(top.count)
    }

    /// The lowest difference where the first few of some unjudged documents are relevant.
    private func lowest(of difference: ([DocumentID: Int]) -> Double, _ unjudged: [DocumentID]) -> Double {
        var relevant: [DocumentID: Int] = [:]
        var lowest = Double.infinity
        for document in unjudged {
            relevant[document] = grade
            lowest = min(lowest, difference(relevant))
        }
        return lowest
    }

    private func value(_ side: Side, with relevant: [DocumentID: Int]) -> Double {
        var grades = side.grades
        for (place, id) in side.ids.enumerated() where grades[place] == GradedRanking.unjudged {
            if let grade = relevant[id] { grades[place] = grade }
        }
        return measure.value(of: GradedRanking(grades: grades, judged: Array(judgements.values) + relevant.values))
    }

    /// A ranking with its grades looked up once.
    private struct Side {
        let ids: [DocumentID]
        let grades: [Int]
        let depth: Int

        init(_ documents: [ScoredDocument], _ depth: Int, _ judgements: [DocumentID: Int]) {
            ids = documents.map(\.id)
            grades = documents.map { judgements[$0.id] ?? GradedRanking.unjudged }
            self.depth = depth
        }

        /// The unjudged documents among the first that are not among the other's first, best first.
        func unjudged(not other: Side) -> [DocumentID] {
            let others = Set(other.ids.prefix(depth))
            return zip(ids, grades).prefix(depth).filter {
                $0.1 == GradedRanking.unjudged && !others.contains($0.0)
            }.map(\.0)
        }
    }
}
