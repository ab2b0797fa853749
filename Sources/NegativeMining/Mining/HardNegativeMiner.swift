import RetrievalData

/// Finds, for each query, documents that a retriever ranks high and that are not relevant, and says of every candidate what became of it.
///
/// The candidates of a query are the retriever's answer without the query's positives (all judged with at least `minimumGrade`) and
/// without documents outside the pool; of these the ranks from `rangeMin` up to but not including `rangeMax` are the window. Filters are
/// asked in the order of `filterNames`; the first rejection counts. Of the survivors `numNegatives` are chosen, and `ifTooFew` says what
/// happens where there are fewer. A mixture does this for each of its sources.
///
/// Random choices depend on the seed and the query's id alone, so that neither the order of queries nor threads matter.
public struct HardNegativeMiner: Sendable {
    /// Where candidates come from.
    public let mixture: NegativeMixture
    /// The texts.
    public let documents: any DocumentStore
    /// Window, filters, sampling and seed.
    public let options: MiningOptions
    /// The documents that may be negatives; nil for all.
    ///
    /// Where it is small the retriever is asked for deeper answers until the
    /// window is full.
    public let pool: Set<DocumentID>?
    /// Whether each result carries its rejections.
    public let explains: Bool
    /// How many queries are retrieved at a time.
    public var batchSize = 256
    /// How many threads judge candidates; the results and their order do not depend on it.
    public var threads = 1
    /// What the report says beside counts; nil for counts alone.
    public var reportDetail: MiningReportDetail? {
        didSet {
            for place in miners.indices { miners[place].judge.givesEvidence = explains || reportDetail != nil }
        }
    }
    private let filters: [any FalseNegativeFilter]
    let similarity: SimilarityIndex?
    /// How many documents' hashes are held.
    var textLimit = Int.max
    private var miners: [SourceMiner]

    /// A miner of one retriever; throws a `MiningError` for options out of range.
    public init(
        retriever: any Retriever, documents: any DocumentStore, options: MiningOptions = .init(),
        pool: Set<DocumentID>? = nil, filters: [any FalseNegativeFilter] = [],
        estimator: FalseNegativeEstimator? = nil, explains: Bool = false
    ) throws {
        try self.init(
            mixture: NegativeMixture(retriever), documents: documents, options: options, pool: pool, filters: filters,
            estimators: [estimator], explains: explains)
    }

    /// A miner of a mixture; throws a `MiningError` for options or shares out of range.
    ///
    /// `estimators` say of each source's candidates how likely they are unlabelled positives; above an estimate's limit they are rejected.
    /// A source beyond their number, or with nil, has no estimate, and random documents have none.
    public init(
        mixture: NegativeMixture, documents: any DocumentStore, options: MiningOptions = .init(),
        pool: Set<DocumentID>? = nil, filters additional: [any FalseNegativeFilter] = [],
        estimators: [FalseNegativeEstimator?] = [], explains: Bool = false
    ) throws {
        try options.validate()
        try mixture.validate()
        self.mixture = mixture
        self.documents = documents
        self.options = options
        self.pool = pool
        self.explains = explains
        let similarity =
            options.dedupe == .near ? SimilarityIndex(documents: documents, shingling: options.shingling) : nil
        func filters(_ limit: Double?) -> [any FalseNegativeFilter] {
            options.filters(
                around: (limit.map { [FalseNegativeProbabilityFilter(limit: $0)] } ?? []) + additional,
                documents: documents, similarity: similarity)
        }
        self.filters = filters(estimators.lazy.compactMap { $0?.estimate.limit }.first)
        self.similarity = similarity
        let sampler = options.sampler(documents: documents)
        let counts = mixture.counts(of: options.numNegatives)
        miners = zip(mixture.sources, counts).enumerated().map { place, part in
            let (source, count) = part
            let estimator = place < estimators.count ? estimators[place] : nil
            let judge = CandidateJudge(
                options: options, filters: filters(estimator?.estimate.limit), sampler: sampler, similarity: similarity,
                estimator: estimator, source: source.name, givesEvidence: explains)
            return SourceMiner(kind: source.kind, judge: judge, count: count, pool: pool, documents: documents)
        }
    }

    /// Mines no deeper than a query's last negative, where sampling takes the best: the same negatives, sooner.
    ///
    /// What lies behind has no fate then, and the report counts only what was looked at. A miner that explains, or reports
    /// in detail, looks at everything.
    public mutating func stopEarly() {
        guard !explains, reportDetail == nil, options.sampling == .top else { return }
        for place in miners.indices { miners[place].judge.stopsEarly = true }
    }

    /// The names of the filters in the order in which they are asked.
    var filterNames: [String] { filters.map(\.name) }

    /// Mines the queries in their order and hands out each result as soon as it is there; results are not held.
    ///
    /// A query without a positive in the qrels has no result; the report counts it.
    public func mine(
        queries: [Query], qrels: Qrels, each: (MinedQuery) throws -> Void,
        progress: (MiningProgress) throws -> Void = { _ in }
    ) throws -> MiningReport {
        try mine(
            QueryFile(queries), qrels: qrels, rows: { _ in }, each: { mined, _ in try each(mined) }, progress: progress)
    }

    /// Mines the queries of a file in their order, batch by batch: neither queries nor results are held.
    ///
    /// `rows` makes of each result what is written of it, on any thread; `each` gets both on the calling thread, in the order of the
    /// queries. A query without a positive in the qrels has no result; the report counts it.
    ///
    /// The first `done` queries are passed over, and are not in the report: another mining did them. `batchEnded` is told after each batch
    /// how many queries are done and, where it asks, the report up to there.
    public func mine<Rows: Sendable>(
        _ queries: QueryFile, after done: Int = 0, qrels: Qrels, rows: @Sendable (MinedQuery) throws -> Rows,
        each: (MinedQuery, Rows) throws -> Void, progress: (MiningProgress) throws -> Void = { _ in },
        batchEnded: (_ queries: Int, _ report: () throws -> MiningReport) throws -> Void = { _, _ in }
    ) throws -> MiningReport {
        var report = MixtureReportBuilder(
            mixture: mixture, counts: miners.map(\.count), detail: reportDetail, seed: options.seed)
        let texts = TextIndex(documents: documents, limit: textLimit)
        let fill = try randomFill()
        var (passed, done) = (0, done)
        try queries.forEachBatch(max(batchSize, 1)) { read in
            let batch = read.dropFirst(max(0, done - passed))
            passed += read.count
            if batch.isEmpty { return }
            var tasks: [SourceMiner.Task] = []
            for query in batch {
                let positives = qrels.relevant(to: query.id, minimumGrade: options.minimumGrade)
                if positives.isEmpty {
                    report.addQueryWithoutPositives()
                } else {
                    tasks.append(SourceMiner.Task(query: query, positives: positives))
                }
            }
            var results = try mine(tasks, texts: texts, fill: fill, report: &report)
            if !explains { results = results.map(\.withoutRejections) }
            let written = try ConcurrentMap.results(results.count, threads: threads) { [results] in
                try rows(results[$0])
            }
            for (mined, rows) in zip(results, written) { try each(mined, rows) }
            done = passed
            try progress(MiningProgress(queries: done, total: queries.count, negatives: report.negatives))
            try batchEnded(done) {
                try report.report(
                    options: options, filters: filterNames, poolSize: pool?.count, documents: documents,
                    estimates: miners.map { $0.judge.estimator?.estimate })
            }
        }
        return try report.report(
            options: options, filters: filterNames, poolSize: pool?.count, documents: documents,
            estimates: miners.map { $0.judge.estimator?.estimate })
    }

    /// Mines one source after the other, then deals with queries that got too few.
    private func mine(
        _ tasks: [SourceMiner.Task], texts: TextIndex, fill: RandomFill?, report: inout MixtureReportBuilder
    ) throws -> [MinedQuery] {
        var tasks = tasks
        var findings = tasks.map { _ in [SourceMiner.Finding]() }
        for miner in miners {
            for (place, finding) in try miner.mine(tasks, texts: texts, fill: fill, threads: threads).enumerated() {
                tasks[place].taken += finding.mined.negatives.map(\.document)
                findings[place].append(finding)
            }
        }
        return try findings.map { parts in
            var merged = MinedQuery(merging: parts.map(\.mined))
            var shortfall = QueryShortfall(isWidened: parts.contains { $0.isWidened })
            let missing = options.numNegatives - merged.negatives.count
            if missing > 0, let fill, options.ifTooFew == .fillRandom {
                let drawn = try self.draw(missing, for: merged, texts: texts, fill: fill)
                shortfall.filled = drawn.count
                merged.negatives =
                    options.sampling == .curriculum ? drawn + merged.negatives : merged.negatives + drawn
            } else if missing > 0, options.ifTooFew == .drop {
                shortfall.isDropped = true
                merged.drop()
            }
            report.add(merged, parts: parts.map(\.mined), wanted: options.numNegatives, shortfall: shortfall)
            return merged
        }
    }

    private func draw(_ count: Int, for mined: MinedQuery, texts: TextIndex, fill: RandomFill) throws -> [HardNegative]
    {
        let context = try MiningContext(
            query: mined.query, positives: mined.positives, taken: mined.negatives.map(\.document), texts: texts)
        return try fill.draw(count, in: context, excluding: Set((mined.rejections ?? []).map(\.document)))
    }

    /// What draws random documents, where a source or the options need it.
    private func randomFill() throws -> RandomFill? {
        let hasRandomSource = mixture.sources.contains { if case .random = $0.kind { true } else { false } }
        guard hasRandomSource || options.ifTooFew == .fillRandom else { return nil }
        return RandomFill(
            sampler: try RandomNegativeSampler(documents: documents, pool: pool, seed: options.seed),
            scorer: mixture.firstRetriever, filters: filters, similarity: similarity, rank: options.rangeMax)
    }
}
