import Decoy

/// The lexical candidates of the training queries, from which the model picks its negatives as it trains.
struct NegativeCandidates: Codable {
    /// For each query its candidates, best first.
    var documents: [QueryID: [DocumentID]]
    /// What may be a negative, in byte order.
    var pool: [DocumentID]
    /// What mining did.
    var report: MiningReport
    /// The candidates as rows of `negatives.jsonl`, in the order of the queries.
    var rows: String

    /// The best documents of a retriever for each training query, positives left out and nothing else.
    static func best(
        _ count: Int, of retriever: any Retriever, for split: ExperimentData.Split, store: any DocumentStore,
        pool: NegativePool
    ) throws -> [QueryID: [DocumentID]] {
        let options = MiningOptions(
            numNegatives: count, rangeMin: 0, rangeMax: max(count, 100), sampling: .top, relativeMargin: nil,
            dedupe: .off, ifTooFew: .keep)
        let miner = try HardNegativeMiner(
            retriever: retriever, documents: store, options: options, pool: pool.documents(split.qrels))
        var found: [QueryID: [DocumentID]] = [:]
        _ = try miner.mine(
            queries: split.queries, qrels: split.qrels,
            each: { found[$0.query.id] = $0.negatives.map(\.document) })
        return found
    }

    /// Mines the candidates of a split with BM25.
    init(
        for split: ExperimentData.Split, retriever: any Retriever, store: any DocumentStore, options: ExperimentOptions,
        progress: (MiningProgress) -> Void
    ) throws {
        let allowed = options.pool.documents(split.qrels)
        let mining = MiningOptions(
            numNegatives: options.candidateDepth, rangeMin: 0, rangeMax: options.candidateDepth, sampling: .top,
            relativeMargin: options.lexicalMargin, seed: options.training.seed, ifTooFew: .keep)
        var miner = try HardNegativeMiner(
            retriever: retriever, documents: store, options: mining, pool: allowed)
        miner.reportDetail = MiningReportDetail(examples: 0, shortQueries: 0)
        var found: [QueryID: [DocumentID]] = [:]
        var rows = ""
        report = try miner.mine(
            queries: split.queries, qrels: split.qrels,
            each: { mined in
                let negatives = mined.negatives.map(\.document)
                found[mined.query.id] = negatives
                rows += TrainingRow.ids(
                    query: mined.query.id, positives: mined.positives.map(\.document), negatives: negatives
                ).jsonLine()
            }, progress: progress)
        documents = found
        self.rows = rows
        pool = try (allowed.map(Array.init) ?? store.documentIDs())
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
