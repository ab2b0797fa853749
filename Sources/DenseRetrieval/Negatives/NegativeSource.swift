import RetrievalData

/// Where the negatives beside the in-batch ones come from.
///
/// Every source leaves out the query's known positives and documents with the same contents. A `pool` is what random documents are drawn
/// from, where a source is random or falls short; an empty pool fills nothing. In a small closed corpus use the documents that are relevant
/// to some training query, and the same pool in every arm of a comparison.
public enum NegativeSource: Sendable, Hashable {
    /// The other documents of the batch alone.
    case inBatch
    /// `count` documents of the pool for each query, drawn anew each epoch.
    case random(count: Int, pool: [DocumentID])
    /// `count` of the listed documents for each query, rotating through a list that is longer from epoch to epoch.
    case fixed([QueryID: [DocumentID]], count: Int, pool: [DocumentID])
    /// Candidates that the current model ranks again and again.
    case reranked(ModelMining)
}

/// Candidates that the current model ranks, filtered by a margin below the positive.
///
/// At each refresh the candidates of a query are scored by the model; those with cos ≤ cos⁺ − margin · |cos⁺| are kept, cos⁺ being the
/// lowest cosine of the query's positives (NV-Retriever's TopK-PercPos, de Souza P. Moreira et al. 2024, with sentence-transformers'
/// sign-safe form); the best `count` of them are the negatives until the next refresh.
public struct ModelMining: Sendable, Hashable {
    /// For each query its candidates, best first; a lexical top 200, say.
    public var candidates: [QueryID: [DocumentID]]
    /// How many of the pool's documents that the model itself ranks highest are candidates as well; 0 for none.
    public var ownDepth: Int
    /// Negatives for each query.
    public var count: Int
    /// The margin below the positive's cosine.
    public var relativeMargin: Double
    /// Epochs between two refreshes; the first is before the first epoch.
    public var refreshEvery: Int
    /// Ranks of the candidates, counted from 0, that negatives are drawn from in the first epoch, before the model is asked; nil to ask at once.
    public var firstEpochRanks: Range<Int>?
    /// What is drawn from where too few candidates are left, and what `ownDepth` searches.
    public var pool: [DocumentID]

    /// Mining from its parts.
    public init(
        candidates: [QueryID: [DocumentID]], ownDepth: Int = 0, count: Int = 3, relativeMargin: Double = 0.1,
        refreshEvery: Int = 2, firstEpochRanks: Range<Int>? = nil, pool: [DocumentID]
    ) {
        self.candidates = candidates
        self.ownDepth = ownDepth
        self.count = count
        self.relativeMargin = relativeMargin
        self.refreshEvery = refreshEvery
        self.firstEpochRanks = firstEpochRanks
        self.pool = pool
    }
}
