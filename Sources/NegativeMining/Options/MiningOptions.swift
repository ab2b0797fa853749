/// How hard negatives are mined.
///
/// The same options, inputs and seed give the same negatives, in any order of queries.
public struct MiningOptions: Sendable, Hashable, Codable {
    /// How the negatives are chosen from the candidates that every filter lets pass.
    public enum Sampling: String, Sendable, Hashable, Codable, CaseIterable {
        /// The best-ranked ones.
        case top
        /// Any of them with equal chance, without repetition, hardest first.
        case random
    }

    /// Which texts count as duplicates.
    public enum Deduplication: String, Sendable, Hashable, Codable, CaseIterable {
        /// Documents whose contents (title, space, text) are equal byte by byte.
        case exact
        /// None; texts are not looked at.
        case off
    }

    /// What happens to a query with fewer survivors than negatives wanted.
    public enum Shortfall: String, Sendable, Hashable, Codable, CaseIterable {
        /// It keeps those it has, even none; the report counts them.
        case keep
    }

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
    /// Which texts count as duplicates, of a positive or of a better candidate.
    public var dedupe: Deduplication
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
        minScore: Double? = nil, dedupe: Deduplication = .exact, minimumGrade: Int = 1, seed: UInt64 = 0,
        ifTooFew: Shortfall = .keep
    ) {
        self.numNegatives = numNegatives
        self.rangeMin = rangeMin
        self.rangeMax = rangeMax
        self.sampling = sampling
        self.relativeMargin = relativeMargin
        self.absoluteMargin = absoluteMargin
        self.maxScore = maxScore
        self.minScore = minScore
        self.dedupe = dedupe
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
    }

    /// The highest `rangeMax`.
    public static let deepestRank = 10_000_000
}
