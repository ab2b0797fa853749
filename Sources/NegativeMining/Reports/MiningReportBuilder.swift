/// Adds up a report query by query.
struct MiningReportBuilder {
    private var queries = 0
    private var withoutPositives = 0
    private var withoutPositiveScore = 0
    private var unknownPositives = 0
    private var candidates = 0
    private(set) var negatives = 0
    private var rejected: [String: Int] = [:]
    private var short = 0
    private var empty = 0
    private var missing = 0
    private var positiveScores = ScoreCollector()
    private var negativeScores = ScoreCollector()
    private var rejectedScores = ScoreCollector()
    private var gaps = ScoreCollector()

    mutating func addQueryWithoutPositives() {
        queries += 1
        withoutPositives += 1
    }

    mutating func add(_ mined: MinedQuery, wanted: Int) {
        queries += 1
        let known = mined.positives.compactMap(\.score)
        unknownPositives += mined.positives.count - known.count
        if known.isEmpty { withoutPositiveScore += 1 }
        for score in known { positiveScores.add(score) }
        for negative in mined.negatives { negativeScores.add(negative.score) }
        for rejection in mined.rejections ?? [] {
            rejected[rejection.reason.rawValue, default: 0] += 1
            if rejection.reason != .positive { rejectedScores.add(rejection.score) }
        }
        candidates += mined.negatives.count + (mined.rejections?.count ?? 0)
        negatives += mined.negatives.count
        if mined.negatives.count < wanted {
            short += 1
            missing += wanted - mined.negatives.count
        }
        if mined.negatives.isEmpty { empty += 1 }
        if let lowest = known.min(), let best = mined.negatives.first { gaps.add(lowest - best.score) }
    }

    func report(retriever: String, options: MiningOptions, filters: [String], poolSize: Int?) -> MiningReport {
        let mined = queries - withoutPositives
        return MiningReport(
            retriever: retriever, queries: queries, queriesWithoutPositives: withoutPositives,
            queriesWithoutPositiveScore: withoutPositiveScore, unknownPositives: unknownPositives,
            candidates: candidates, negatives: negatives,
            averagePerQuery: mined == 0 ? 0 : Double(negatives) / Double(mined), rejected: rejected,
            shortQueries: short, emptyQueries: empty, missingNegatives: missing,
            positiveScores: positiveScores.summary, negativeScores: negativeScores.summary,
            rejectedScores: rejectedScores.summary, gaps: gaps.summary, filters: filters, poolSize: poolSize,
            options: options)
    }
}
