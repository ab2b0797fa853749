/// How hard negatives are mined.
///
/// The same options, inputs and seed give the same negatives, in any order of queries.
public struct MiningOptions: Sendable, Hashable, Codable {
    /// The number of negatives wanted for each query.
    public var numNegatives: Int
    /// How many of the best candidates are passed over.
    ///
    /// Ranks count from 0 over the candidates without the query's positives and
    /// without documents outside the pool; documents that other filters reject do count.
    public var rangeMin: Int
    /// The rank at which the window ends, not included.
    public var rangeMax: Int
    /// How the negatives are chosen from the survivors.
    public var sampling: Sampling
    /// Keeps a candidate of score s only if s ≤ s⁺ − |s⁺| · margin; nil for no such filter.
    public var relativeMargin: Double?
    /// Keeps a candidate of score s only if s + margin ≤ s⁺; nil for no such filter.
    public var absoluteMargin: Double?
    /// Keeps a candidate only if its score is not above this.
    public var maxScore: Double?
    /// Keeps a candidate only if its score is not below this.
    public var minScore: Double?
    /// The positives' score that margins are taken from.
    public var marginAgainst: PositiveReference
    /// Which texts count as duplicates, of a positive or of a better candidate.
    public var dedupe: Deduplication
    /// The share of common shingles (Jaccard) from which two texts are near duplicates, above 0 and up to 1.
    public var nearDuplicateThreshold: Double
    /// What texts are cut into to find near duplicates.
    public var shingling: Shingling
    /// Whether queries are documents of the corpus under their own ids: a query's own document is rejected, and its text.
    public var queriesAreDocuments: Bool
    /// a of score-weighted sampling: how fast the chance falls with the distance from the positive's score.
    public var scoreSharpness: Double
    /// b of score-weighted sampling: where the chance is greatest, in standard deviations above the positive's score.
    public var scoreOffset: Double
    /// λ of diverse sampling: the weight of the score beside that of the difference, 0 to 1.
    public var relevanceWeight: Double
    /// The lowest grade that makes a judged document a positive.
    public var minimumGrade: Int
    /// The seed of random sampling.
    public var seed: UInt64
    /// What happens to a query with too few survivors.
    public var ifTooFew: Shortfall

    /// Options; the defaults need no model beside the retriever.
    public init(
        numNegatives: Int = 5, rangeMin: Int = 0, rangeMax: Int = 100, sampling: Sampling = .top,
        relativeMargin: Double? = 0.05, absoluteMargin: Double? = nil, maxScore: Double? = nil,
        minScore: Double? = nil, marginAgainst: PositiveReference = .lowest, dedupe: Deduplication = .exact,
        nearDuplicateThreshold: Double = 0.8, shingling: Shingling = .characters(5), queriesAreDocuments: Bool = false,
        scoreSharpness: Double = 1, scoreOffset: Double = 0, relevanceWeight: Double = 0.5, minimumGrade: Int = 1,
        seed: UInt64 = 0, ifTooFew: Shortfall = .widen
    ) {
        self.numNegatives = numNegatives
        self.rangeMin = rangeMin
        self.rangeMax = rangeMax
        self.sampling = sampling
        self.relativeMargin = relativeMargin
        self.absoluteMargin = absoluteMargin
        self.maxScore = maxScore
        self.minScore = minScore
        self.marginAgainst = marginAgainst
        self.dedupe = dedupe
        self.nearDuplicateThreshold = nearDuplicateThreshold
        self.shingling = shingling
        self.queriesAreDocuments = queriesAreDocuments
        self.scoreSharpness = scoreSharpness
        self.scoreOffset = scoreOffset
        self.relevanceWeight = relevanceWeight
        self.minimumGrade = minimumGrade
        self.seed = seed
        self.ifTooFew = ifTooFew
    }

    /// Throws a `MiningError` that names the first option out of range.
    public func validate() throws {
        func check(_ holds: Bool, _ option: String, _ remedy: String) throws {
            if !holds { throw MiningError(option: option, remedy: remedy) }
        }
        try check(numNegatives >= 1, "numNegatives \(numNegatives)", "use 1 or more")
        try check(rangeMin >= 0, "rangeMin \(rangeMin)", "use 0 or more")
        try check(rangeMax > rangeMin, "rangeMax \(rangeMax)", "use more than rangeMin, \(rangeMin)")
        try check(rangeMax <= Self.deepestRank, "rangeMax \(rangeMax)", "use at most \(Self.deepestRank)")
        for (name, value) in [("relativeMargin", relativeMargin), ("absoluteMargin", absoluteMargin)] {
            if let value { try check(value >= 0 && value.isFinite, "\(name) \(value)", "use 0 or more") }
        }
        for (name, value) in [("maxScore", maxScore), ("minScore", minScore)] {
            if let value { try check(value.isFinite, "\(name) \(value)", "use a number") }
        }
        if let minScore, let maxScore {
            try check(minScore <= maxScore, "minScore \(minScore)", "use at most maxScore, \(maxScore)")
        }
        try check(
            nearDuplicateThreshold > 0 && nearDuplicateThreshold <= 1,
            "nearDuplicateThreshold \(nearDuplicateThreshold)", "use more than 0 and at most 1")
        try check((1...1000).contains(shingling.length), "shingling length \(shingling.length)", "use 1 to 1000")
        try check(
            scoreSharpness >= 0 && scoreSharpness.isFinite, "scoreSharpness \(scoreSharpness)", "use 0 or more")
        try check(scoreOffset.isFinite, "scoreOffset \(scoreOffset)", "use a number")
        try check((0...1).contains(relevanceWeight), "relevanceWeight \(relevanceWeight)", "use 0 to 1")
    }

    /// The highest `rangeMax`.
    static let deepestRank = 10_000_000

    /// How many times as deep as `rangeMax` a window may end that is made deeper.
    static let wideningLimit = 10
}
