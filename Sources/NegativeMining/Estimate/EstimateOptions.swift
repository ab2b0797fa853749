/// How a false-negative estimate is fitted and where its limit lies.
public struct EstimateOptions: Sendable, Hashable, Codable {
    /// The share of hidden positives that are to be kept out; decides the limit unless `limit` is given.
    public var recall: Double
    /// The highest probability that passes; nil for the one that `recall` asks for.
    public var limit: Double?
    /// λ of the logistic regression, over standardized features.
    public var penalty: Double
    /// With fewer hidden positives among the candidates the standard coefficients are used, which tell better than a fit on few.
    public var minimumHidden: Int
    /// How many queries are looked at, at most.
    public var maximumQueries: Int
    /// How many candidates of a query are looked at.
    public var depth: Int
    /// The seed that chooses which positives are hidden.
    public var seed: UInt64

    /// Options; the defaults keep 85 of 100 hidden positives out.
    public init(
        recall: Double = 0.85, limit: Double? = nil, penalty: Double = 1, minimumHidden: Int = 100,
        maximumQueries: Int = 2_000, depth: Int = 100, seed: UInt64 = 0
    ) {
        self.recall = recall
        self.limit = limit
        self.penalty = penalty
        self.minimumHidden = minimumHidden
        self.maximumQueries = maximumQueries
        self.depth = depth
        self.seed = seed
    }

    /// Throws a `MiningError` that names the first option out of range.
    public func validate() throws {
        func check(_ holds: Bool, _ option: String, _ remedy: String) throws {
            if !holds { throw MiningError(option: option, remedy: remedy) }
        }
        try check(recall > 0 && recall <= 1, "falseNegativeRecall \(recall)", "use more than 0 and at most 1")
        if let limit {
            try check(limit >= 0 && limit <= 1, "maxFalseNegativeProbability \(limit)", "use 0 to 1, or auto")
        }
        try check(penalty > 0 && penalty.isFinite, "penalty \(penalty)", "use more than 0")
        try check(depth > 1, "depth \(depth)", "use 2 or more")
        try check(maximumQueries >= 1, "maximumQueries \(maximumQueries)", "use 1 or more")
    }
}
