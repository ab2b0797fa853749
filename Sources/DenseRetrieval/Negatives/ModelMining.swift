import RetrievalData

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
    /// Steps between two refreshes in place of epochs; 0 goes by epochs.
    ///
    /// As in Xiong and others: Approximate Nearest Neighbor Negative Contrastive Learning (ANCE), ICLR 2021.
    public var refreshSteps = 0
    /// Ranks of the candidates, counted from 0, that negatives are drawn from in the first epoch, before the model is asked; nil to ask at once.
    public var firstEpochRanks: Range<Int>?
    /// What is drawn from where too few candidates are left, and what `ownDepth` searches.
    public var pool: [DocumentID]

    /// Mining from its parts.
    public init(
        candidates: [QueryID: [DocumentID]], ownDepth: Int = 0, count: Int = 3, relativeMargin: Double = 0,
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

    /// Mining as training options say: `candidateDepth`, `negativesPerQuery`, `relativeMargin`, `refreshEvery`.
    public init(candidates: [QueryID: [DocumentID]], pool: [DocumentID], options: TrainingOptions) {
        self.init(
            candidates: candidates.mapValues { Array($0.prefix(options.candidateDepth)) },
            count: options.negativesPerQuery,
            relativeMargin: options.relativeMargin, refreshEvery: options.refreshEvery, pool: pool)
        refreshSteps = options.refreshSteps
    }
}
