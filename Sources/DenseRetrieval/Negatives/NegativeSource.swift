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
    /// `count` of the listed documents for each query; from a list that is longer the order takes others from epoch to epoch.
    case fixed([QueryID: [DocumentID]], count: Int, pool: [DocumentID], order: NegativeOrder = .rotate)
    /// Candidates that the current model ranks again and again.
    case reranked(ModelMining)
}
