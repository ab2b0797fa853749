import Decoy

/// The ways of training that an experiment compares; everything but the negatives is alike.
enum Arm: String, CaseIterable, Sendable {
    /// The starting weights.
    case untrained
    /// In-batch negatives alone.
    case before
    /// As many random negatives beside each query as `after` has mined ones.
    case control
    /// BM25 candidates, ranked again by the model as it trains.
    case after

    /// Where the arm's negatives come from; nil for no training at all.
    func source(_ candidates: NegativeCandidates, options: TrainingOptions) -> NegativeSource? {
        switch self {
        case .untrained: nil
        case .before: .inBatch
        case .control: .random(count: options.negativesPerQuery, pool: candidates.pool)
        case .after:
            .reranked(
                ModelMining(candidates: candidates.documents, pool: candidates.pool, options: options))
        }
    }
}
