import Decoy

/// The ways of training that an experiment compares; everything but the negatives is alike.
enum Arm: String, CaseIterable, Codable, Sendable {
    /// The starting weights.
    case untrained
    /// In-batch negatives alone.
    case before
    /// As many random negatives beside each query as `after` has mined ones.
    case control
    /// BM25 candidates, ranked again by the model as it trains.
    case after
    /// What the model itself ranks highest as it trains, without BM25.
    case selfMined = "self-mined"

    /// Whether its negatives are chosen from BM25's candidates.
    var needsCandidates: Bool { self == .after }

    /// Where the arm's negatives come from; nil for no training at all.
    func source(_ candidates: NegativeCandidates, options: TrainingOptions) -> NegativeSource? {
        switch self {
        case .untrained: return nil
        case .before: return .inBatch
        case .control: return .random(count: options.negativesPerQuery, pool: candidates.pool)
        case .after:
            return .reranked(
                ModelMining(candidates: candidates.documents, pool: candidates.pool, options: options))
        case .selfMined:
            var mining = ModelMining(candidates: [:], pool: candidates.pool, options: options)
            mining.ownDepth = options.candidateDepth
            return .reranked(mining)
        }
    }
}
