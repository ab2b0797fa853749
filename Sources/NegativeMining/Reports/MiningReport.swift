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
    /// How many negatives each reason would have rejected, had people not judged them wrong; nil where there are none.
    public var overruled: [String: Int]?
    /// Queries with fewer negatives than wanted, among them those without any.
    public var shortQueries: Int
    /// Queries that have positives and no negative.
    public var emptyQueries: Int
    /// How many negatives are missing in all.
    public var missingNegatives: Int
    /// Queries whose window was made deeper.
    public var widenedQueries: Int
    /// Queries that random documents fill up.
    public var filledQueries: Int
    /// The number of those documents.
    public var randomNegatives: Int
    /// Queries that have positives and lost their negatives for being too few; they count as short and empty too.
    public var droppedQueries: Int
    /// The scores of the positives that the retriever knows; like the other scores collected for one retriever alone.
    public var positiveScores: ScoreSummary
    /// The scores of the negatives.
    public var negativeScores: ScoreSummary
    /// The scores of the candidates that filters or the window rejected, without positives and documents outside the pool.
    public var rejectedScores: ScoreSummary
    /// The scores of the candidates that passed all filters and were not needed.
    public var unusedScores: ScoreSummary
    /// The score of the lowest positive minus that of the best negative, per query.
    public var gaps: ScoreSummary
    /// The filters in the order in which they were asked.
    public var filters: [String]
    /// The number of documents that might become negatives; nil where all might.
    public var poolSize: Int?
    /// The options, among them the seed.
    public var options: MiningOptions
    /// The estimate of unlabelled positives: coefficients, limit and calibration; nil where there is none or each source has its own.
    public var falseNegativeEstimate: FalseNegativeEstimate?
    /// What was chosen for the user and why, in sentences; nil where nothing was.
    public var notes: [String]?
    /// The reports of a mixture's sources, in their order, with the scores of each; nil where there is one source.
    public var sources: [MiningReport]?

    // What follows is there where the miner's `reportDetail` is.

    /// How many queries have how many negatives.
    public var queriesByNegatives: [QueryCount]?
    /// The fates of candidates, positives left out, most frequent first.
    public var fates: [FateSummary]?
    /// What became of the candidates at each rank; like histograms nil for a mixture, whose sources have their own.
    public var ranks: [RankSummary]?
    /// The scores of positives and candidates; to within a thousandth, on which side of an edge a score counts.
    public var scoreHistogram: OutcomeHistogram?
    /// s / s⁺ of the candidates, s⁺ being the positives' score that margins are taken from, where it is above 0.
    public var relativeScoreHistogram: OutcomeHistogram?
    /// Queries with too few survivors, those with the fewest first.
    public var shortest: [ShortQuery]?
    /// Queries drawn by the seed, with texts.
    public var examples: [MiningExample]?

    /// How many queries have a number of negatives.
    public struct QueryCount: Sendable, Hashable, Codable {
        /// The number of negatives.
        public var negatives: Int
        /// The queries with that number.
        public var queries: Int
    }
}
