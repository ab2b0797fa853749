/// How any number of runs become one.
///
/// A document that a run lacks for a query gets nothing from that run, whatever the normalisation: with min-max and sum that is what the
/// run's last document gets, with z-score it is the run's mean. A run that lacks a query says nothing of it; the query is fused from those
/// that have it.
public struct RunFusion: Sendable, Hashable, Codable {
    /// How scores are put together.
    public var method: FusionMethod
    /// What is done to the scores of each run first, query by query; without meaning for reciprocal ranks.
    public var normalization: ScoreNormalization
    /// The weight of each run in their order; nil for equal weights of 1.
    public var weights: [Double]?
    /// The constant of reciprocal ranks; 60 is the paper's.
    public var constant: Double
    /// How many of each ranking's first documents count; nil for all.
    public var depth: Int?

    /// A fusion; `validate(runs:)` says whether it can be.
    public init(
        _ method: FusionMethod = .rrf, normalization: ScoreNormalization = .minMax, weights: [Double]? = nil,
        constant: Double = 60, depth: Int? = nil
    ) {
        self.method = method
        self.normalization = normalization
        self.weights = weights
        self.constant = constant
        self.depth = depth
    }

    /// Throws a `FusionError` for numbers that cannot be, or a number of weights that is not that of the runs.
    public func validate(runs: Int) throws(FusionError) {
        guard constant.isFinite, constant >= 0 else {
            throw FusionError("the constant of reciprocal ranks is \(constant); it must be 0 or more")
        }
        if let depth, depth < 1 { throw FusionError("the depth is \(depth); it must be 1 or more") }
        guard let weights else { return }
        guard method.takesWeights else {
            throw FusionError("\(method.rawValue) takes no weights; rrf and weighted do")
        }
        guard weights.count == runs else {
            throw FusionError("the number of weights (\(weights.count)) is not the number of runs (\(runs))")
        }
        guard weights.allSatisfy({ $0.isFinite && $0 >= 0 }), weights.contains(where: { $0 > 0 }) else {
            throw FusionError("weights must be 0 or more, and one of them above 0")
        }
    }

    /// Fuses runs, query by query: the queries of the first run in its order, then those that only the next ones have.
    ///
    /// Complexity: O(documents log documents a query).
    public func fused(_ runs: [Run], name: String) -> Run {
        Run(name: name, rankings: RankingPool.pools(of: runs).map { $0.fused(by: self) })
    }

    /// What a run gives the documents of a ranking, in their order.
    func contributions(of ranking: ArraySlice<ScoredDocument>, run: Int) -> [Double] {
        let weight = weights.flatMap { $0.indices.contains(run) ? $0[run] : nil } ?? 1
        if method == .rrf { return ranking.indices.map { weight / (constant + Double($0 - ranking.startIndex + 1)) } }
        let scale = normalization.scale(of: ranking.map(\.score))
        return ranking.map { weight * scale($0.score) }
    }
}

/// Why runs cannot be fused in a way.
public struct FusionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) { self.description = description }
}
