import RetrievalData

/// Finds, for each query, documents that a retriever ranks high and that are not relevant, and says of every candidate what became of it.
///
/// The candidates of a query are the retriever's answer without the query's positives (all judged with at least `minimumGrade`) and
/// without documents outside the pool; of these the ranks from `rangeMin` up to but not including `rangeMax` are the window. Filters are
/// asked in the order missing document, duplicate of a positive, relative margin, absolute margin, max score, min score, the caller's
/// own, duplicate of a better survivor; the first rejection counts. Of the survivors `numNegatives` are chosen.
///
/// Random choices depend on the seed and the query's id alone, so that neither the order of queries nor threads matter.
public struct HardNegativeMiner: Sendable {
    /// Ranks the candidates and scores the positives.
    public let retriever: any Retriever
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
    private let filters: [any FalseNegativeFilter]
    private let sampler: any NegativeSampler

    /// A miner; throws a `MiningError` for options out of range.
    public init(
        retriever: any Retriever, documents: any DocumentStore, options: MiningOptions = .init(),
        pool: Set<DocumentID>? = nil, filters additional: [any FalseNegativeFilter] = [], explains: Bool = false
    ) throws {
        try options.validate()
        self.retriever = retriever
        self.documents = documents
        self.options = options
        self.pool = pool
        self.explains = explains
        filters = Self.filters(options) + additional + (options.dedupe == .exact ? [DuplicateOfNegativeFilter()] : [])
        sampler = options.sampling == .top ? TopSampler() : UniformSampler()
    }

    /// The names of the filters in the order in which they are asked.
    public var filterNames: [String] { filters.map(\.name) }

    private static func filters(_ options: MiningOptions) -> [any FalseNegativeFilter] {
        var filters: [any FalseNegativeFilter] = [MissingDocumentFilter()]
        if options.dedupe == .exact { filters.append(DuplicateOfPositiveFilter()) }
        if let margin = options.relativeMargin { filters.append(RelativeMarginFilter(margin: margin)) }
        if let margin = options.absoluteMargin { filters.append(AbsoluteMarginFilter(margin: margin)) }
        if let limit = options.maxScore { filters.append(MaximumScoreFilter(limit: limit)) }
        if let limit = options.minScore { filters.append(MinimumScoreFilter(limit: limit)) }
        return filters
    }

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
    public func mine<Rows: Sendable>(
        _ queries: QueryFile, qrels: Qrels, rows: @Sendable (MinedQuery) throws -> Rows,
        each: (MinedQuery, Rows) throws -> Void, progress: (MiningProgress) throws -> Void = { _ in }
    ) throws -> MiningReport {
        var report = MiningReportBuilder()
        let texts = TextIndex(documents: documents)
        var done = 0
        try queries.forEachBatch(max(batchSize, 1)) { batch in
            let positives = batch.map { qrels.relevant(to: $0.id, minimumGrade: options.minimumGrade) }
            let windows = try windows(batch, positives: positives)
            let results = try ConcurrentMap.results(batch.count, threads: threads) { place -> (MinedQuery, Rows)? in
                guard let window = windows[place] else { return nil }
                let mined = try judge(batch[place], positives: positives[place], window: window, texts: texts)
                return (mined, try rows(explains ? mined : mined.withoutRejections))
            }
            for result in results {
                guard let (mined, rows) = result else {
                    report.addQueryWithoutPositives()
                    continue
                }
                report.add(mined, wanted: options.numNegatives)
                try each(explains ? mined : mined.withoutRejections, rows)
            }
            done += batch.count
            try progress(MiningProgress(queries: done, total: queries.count, negatives: report.negatives))
        }
        return report.report(retriever: retriever.name, options: options, filters: filterNames, poolSize: pool?.count)
    }

    /// The window of each query; nil for those without positives.
    ///
    /// Asks again, four times as deep, where a pool left a window unfilled.
    private func windows(_ batch: [Query], positives: [[DocumentID]]) throws -> [CandidateWindow?] {
        var windows = positives.map { $0.isEmpty ? nil : CandidateWindow() }
        var open = batch.indices.filter { !positives[$0].isEmpty }
        var depth = options.rangeMax + (open.map { positives[$0].count }.max() ?? 0)
        while !open.isEmpty {
            var next = 0
            var unfilled: [Int] = []
            try retriever.retrieve(open.map { batch[$0] }, k: depth) { ranking in
                guard next < open.count else { return }
                let place = open[next]
                next += 1
                let window = CandidateWindow(
                    ranking.documents, positives: Set(positives[place]), pool: pool, rangeMin: options.rangeMin,
                    rangeMax: options.rangeMax)
                windows[place] = window
                if !window.isFull && ranking.documents.count >= depth { unfilled.append(place) }
            }
            open = unfilled
            depth *= 4
        }
        return windows
    }

    /// Gives every candidate its fate.
    private func judge(
        _ query: Query, positives: [DocumentID], window: CandidateWindow, texts: TextIndex
    ) throws -> MinedQuery {
        let scores = try retriever.scores(of: positives, for: query)
        let scored = zip(positives, scores).map { MinedPositive(document: $0, score: $1) }
        var context = try MiningContext(query: query, positives: scored, texts: texts)
        var rejections = window.setAside
        for (document, rank) in window.candidates {
            let candidate = MiningCandidate(
                document: document.id, score: document.score, rank: rank,
                contentHash: try texts.contentHash(of: document.id))
            if let reason = try firstRejection(of: candidate, in: context) {
                rejections.append(Rejection(candidate, reason))
            } else {
                context.addSurvivor(candidate)
            }
        }
        var random = SeededRandom(seed: options.seed, item: query.id)
        let chosen = Set(sampler.choose(options.numNegatives, from: context.survivors, random: &random))
        var negatives: [HardNegative] = []
        for (place, survivor) in context.survivors.enumerated() {
            if chosen.contains(place) {
                negatives.append(
                    HardNegative(document: survivor.document, score: survivor.score, rank: survivor.rank))
            } else {
                rejections.append(Rejection(survivor, sampler.reasonForTheRest))
            }
        }
        rejections.sort { $0.order.precedes($1.order) }
        return MinedQuery(query: query, positives: scored, negatives: negatives, rejections: rejections)
    }

    private func firstRejection(of candidate: MiningCandidate, in context: MiningContext) throws -> RejectionReason? {
        for filter in filters {
            if let reason = try filter.rejection(of: candidate, in: context) { return reason }
        }
        return nil
    }
}

extension Rejection {
    fileprivate init(_ candidate: MiningCandidate, _ reason: RejectionReason) {
        self.init(document: candidate.document, score: candidate.score, rank: candidate.rank, reason: reason)
    }

    fileprivate var order: ScoredDocument { ScoredDocument(id: document, score: score) }
}

extension MinedQuery {
    fileprivate var withoutRejections: MinedQuery {
        MinedQuery(query: query, positives: positives, negatives: negatives)
    }
}
