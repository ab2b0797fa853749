import Decoy

/// The ways of training that an experiment compares; everything but the negatives is alike.
enum Arm: String, CaseIterable, Codable, Sendable {
    /// The starting weights.
    case untrained
    /// In-batch negatives alone.
    case before
    /// In-batch negatives alone, of batches that hold as many documents as those of `after` do.
    case largeBatch = "large-batch"
    /// As many random negatives beside each query as `after` has mined ones.
    case control
    /// BM25's best documents as they are: no model, no filter.
    case lexicalTop = "bm25-top"
    /// The best documents of the model of `before`, mined once without a filter: what sentence-transformers' `mine_hard_negatives` does by default.
    case denseTop = "dense-top"
    /// BM25 candidates, ranked again by the model as it trains.
    case after
    /// What the model itself ranks highest as it trains, without BM25.
    case selfMined = "self-mined"

    /// Whether negatives are drawn from the pool at all.
    var needsPool: Bool { ![.untrained, .before, .largeBatch].contains(self) }

    /// Where the arm's negatives come from; nil for no training at all.
    ///
    /// Arms that need a pool need `candidates`, and `denseTop` its own from `mined`.
    func source(
        _ candidates: NegativeCandidates?, mined: [QueryID: [DocumentID]] = [:], options: TrainingOptions
    ) -> NegativeSource? {
        let (count, pool) = (options.negativesPerQuery, candidates?.pool ?? [])
        let found = candidates?.documents ?? [:]
        switch self {
        case .untrained: return nil
        case .before, .largeBatch: return .inBatch
        case .control: return .random(count: count, pool: pool)
        case .lexicalTop:
            return .fixed(found.mapValues { Array($0.prefix(count)) }, count: count, pool: pool)
        case .denseTop: return .fixed(mined, count: count, pool: pool)
        case .after:
            return .reranked(ModelMining(candidates: found, pool: pool, options: options))
        case .selfMined:
            var mining = ModelMining(candidates: [:], pool: pool, options: options)
            mining.ownDepth = options.candidateDepth
            return .reranked(mining)
        }
    }

    /// The options of this arm: those of all, but for the batches of `largeBatch`.
    func options(_ common: TrainingOptions) -> TrainingOptions {
        guard self == .largeBatch else { return common }
        var options = common
        options.batchSize = min(common.batchSize * (1 + common.negativesPerQuery), 1 << 24)
        return options
    }
}
