import RetrievalData

extension MiningReport {
    /// The counts of two minings that did different queries with the same options, sources and all, as if one had done both.
    ///
    /// How scores are distributed cannot be added; those summaries are empty. All else is the receiver's.
    public func addingCounts(of other: MiningReport) -> MiningReport {
        var sum = self
        sum.queries += other.queries
        sum.queriesWithoutPositives += other.queriesWithoutPositives
        sum.queriesWithoutPositiveScore += other.queriesWithoutPositiveScore
        sum.unknownPositives += other.unknownPositives
        sum.candidates += other.candidates
        sum.negatives += other.negatives
        sum.rejected.merge(other.rejected, uniquingKeysWith: +)
        if let others = other.overruled { sum.overruled = (sum.overruled ?? [:]).merging(others, uniquingKeysWith: +) }
        sum.shortQueries += other.shortQueries
        sum.emptyQueries += other.emptyQueries
        sum.missingNegatives += other.missingNegatives
        sum.widenedQueries += other.widenedQueries
        sum.filledQueries += other.filledQueries
        sum.randomNegatives += other.randomNegatives
        sum.droppedQueries += other.droppedQueries
        let mined = sum.queries - sum.queriesWithoutPositives
        sum.averagePerQuery = mined == 0 ? 0 : Double(sum.negatives) / Double(mined)
        for summary in [
            \MiningReport.positiveScores, \.negativeScores, \.rejectedScores, \.unusedScores, \.gaps,
        ] {
            sum[keyPath: summary] = ScoreSummary(count: 0)
        }
        sum.sources = zip(sources ?? [], other.sources ?? []).map { $0.addingCounts(of: $1) }
        if sources == nil { sum.sources = nil }
        return sum
    }
}
