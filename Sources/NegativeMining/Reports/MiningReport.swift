/// What mining did: counts for every fate, shortfalls, and how the scores lie.
public struct MiningReport: Sendable, Hashable, Codable {
    /// The retriever that mined.
    public var retriever: String
    /// All queries that were asked for.
    public var queries: Int
    /// Queries without a positive in the qrels; they have no result.
    public var queriesWithoutPositives: Int
    /// Queries none of whose positives the retriever knows; margins let all their candidates pass.
    public var queriesWithoutPositiveScore: Int
    /// Positives that the retriever doesn't know; they take no part in margins.
    public var unknownPositives: Int
    /// Documents that got a fate: negatives and rejections.
    public var candidates: Int
    /// Negatives that were kept.
    public var negatives: Int
    /// Negatives per query that has positives.
    public var averagePerQuery: Double
    /// How many candidates each reason rejected; reasons that never occurred are absent.
    public var rejected: [String: Int]
    /// Queries with fewer negatives than wanted, among them those without any.
    public var shortQueries: Int
    /// Queries that have positives and no negative.
    public var emptyQueries: Int
    /// How many negatives are missing in all.
    public var missingNegatives: Int
    /// The scores of the positives that the retriever knows.
    public var positiveScores: ScoreSummary
    /// The scores of the negatives.
    public var negativeScores: ScoreSummary
    /// The scores of the rejected candidates, positives left out.
    public var rejectedScores: ScoreSummary
    /// The score of the lowest positive minus that of the best negative, per query.
    public var gaps: ScoreSummary
    /// The filters in the order in which they were asked.
    public var filters: [String]
    /// The number of documents that might become negatives; nil where all might.
    public var poolSize: Int?
    /// The options, among them the seed.
    public var options: MiningOptions
}

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
