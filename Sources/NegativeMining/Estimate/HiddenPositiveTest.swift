import RetrievalData

/// Hides labelled positives and sees which filters keep them out, and how many of the other candidates they leave.
///
/// A filter with an estimate is tested in five parts: each with coefficients and a limit that were fitted on the others.
public struct HiddenPositiveTest: Sendable {
    /// A filter or several, as they are to be tested.
    public struct Setting: Sendable {
        /// The name of the row.
        public var name: String
        /// Window and filters; the number of negatives and the sampling don't matter.
        public var options: MiningOptions
        /// Further filters.
        public var filters: [any FalseNegativeFilter]
        /// The estimate; nil for none.
        public var estimate: Estimation?
        /// Window and filters where too few positives can be hidden to fit an estimate; nil for the standard coefficients.
        public var withoutFit: MiningOptions?

        /// A setting from its parts.
        public init(
            _ name: String, options: MiningOptions, filters: [any FalseNegativeFilter] = [],
            estimate: Estimation? = nil, withoutFit: MiningOptions? = nil
        ) {
            self.name = name
            self.options = options
            self.filters = filters
            self.estimate = estimate
            self.withoutFit = withoutFit
        }
    }

    /// Where a setting's estimate comes from.
    public enum Estimation: Sendable {
        /// It is fitted on the queries of the other parts.
        case fitted(EstimateOptions)
        /// It was fitted before, on other queries.
        case known(FalseNegativeEstimate)
    }

    /// The hidden positives, round by round.
    public let rounds: [HiddenPositives]
    private let retriever: any Retriever
    private let documents: any DocumentStore
    private let features: WindowFeatures
    private let depth: Int
    private let minimumGrade: Int
    private let threads: Int

    /// A test over the queries with several positives.
    ///
    /// `depth` is the rank at which every window ends: that of the widest setting at least.
    public init(
        retriever: any Retriever, documents: any DocumentStore, queries: [Query], qrels: Qrels,
        second: (any Retriever)? = nil, terms: @escaping TermExtraction = PlainTerms.hashes, minimumGrade: Int = 1,
        seed: UInt64 = 0, depth: Int = 100, maximumQueries: Int = 2_000, threads: Int = 1
    ) throws {
        rounds = HiddenPositives.rounds(
            queries: queries, qrels: qrels, minimumGrade: minimumGrade, seed: seed, limit: maximumQueries)
        self.retriever = retriever
        self.documents = documents
        self.depth = depth
        self.minimumGrade = minimumGrade
        self.threads = threads
        features = WindowFeatures(
            terms: try DocumentTerms(documents: documents, terms: terms, threads: threads), second: second)
    }

    /// One row a setting, after a first one without any filter; `progress` is told how many rows are done.
    public func run(_ settings: [Setting], progress: (Int) -> Void = { _ in }) throws -> HiddenPositiveReport {
        let unfiltered = MiningOptions.unfiltered(depth: depth, minimumGrade: minimumGrade)
        let all = try count(options: unfiltered, filters: [], estimator: nil)
        var report = HiddenPositiveReport(
            retriever: retriever.name, queries: rounds.first?.queries.count ?? 0,
            hidden: rounds.reduce(0) { $0 + $1.queries.count }, counts: all, rows: [])
        progress(1)
        guard all.hidden50 > 0 else { return report }
        let examples =
            try settings.contains { if case .fitted? = $0.estimate { true } else { false } }
            ? HiddenPositiveExamples(
                rounds, of: .retriever(retriever), documents: documents, pool: nil, features: features, depth: depth,
                minimumGrade: minimumGrade, threads: threads) : HiddenPositiveExamples(names: features.names)
        for (place, setting) in settings.enumerated() {
            report.rows.append(try row(setting, examples, all))
            progress(place + 2)
        }
        return report
    }

    private func row(
        _ setting: Setting, _ examples: HiddenPositiveExamples, _ all: CandidateCounts
    ) throws -> HiddenPositiveReport.Row {
        let options = counting(setting.options)
        guard let estimate = setting.estimate else {
            let kept = try count(options: options, filters: setting.filters, estimator: nil)
            return .init(setting.name, all: all, kept: kept, origins: [])
        }
        var kept = CandidateCounts()
        var origins: [FalseNegativeEstimate.Origin] = []
        for part in 0..<HiddenPositives.partCount {
            let estimator =
                switch estimate {
                case .fitted(let fitting):
                    FalseNegativeEstimator.fitted(examples.filtered { $0 != part }, features, fitting)
                case .known(let known): try FalseNegativeEstimator(known, sharing: features)
                }
            if estimator.estimate.origin == .standard, let fallback = setting.withoutFit {
                kept.add(
                    try count(
                        part: part, options: counting(fallback), filters: setting.filters, estimator: nil))
                continue
            }
            origins.append(estimator.estimate.origin)
            kept.add(try count(part: part, options: options, filters: setting.filters, estimator: estimator))
        }
        return .init(setting.name, all: all, kept: kept, origins: origins)
    }

    /// The options with every survivor of the window a negative.
    private func counting(_ options: MiningOptions) -> MiningOptions {
        var options = options
        options.numNegatives = depth
        options.rangeMax = max(depth, options.rangeMin + 1)
        options.sampling = .top
        options.ifTooFew = .keep
        options.minimumGrade = minimumGrade
        return options
    }

    private func count(
        part: Int? = nil, options: MiningOptions, filters: [any FalseNegativeFilter],
        estimator: FalseNegativeEstimator?
    ) throws -> CandidateCounts {
        var miner = try HardNegativeMiner(
            retriever: retriever, documents: documents, options: options, filters: filters, estimator: estimator)
        miner.threads = threads
        var counts = CandidateCounts()
        for hidden in rounds {
            let queries = hidden.queries.filter { part == nil || hidden.parts[$0.id] == part }
            _ = try miner.mine(queries: queries, qrels: hidden.qrels) { mined in
                let positive = hidden.documents[mined.query.id]
                for negative in mined.negatives {
                    counts.add(rank: negative.rank ?? depth, isHidden: negative.document == positive)
                }
            }
        }
        return counts
    }
}

/// How many hidden positives and other candidates stand in the first ranks.
public struct CandidateCounts: Sendable, Hashable, Codable {
    /// Hidden positives among the first 10.
    public var hidden10 = 0
    /// Hidden positives among the first 50.
    public var hidden50 = 0
    /// Other candidates among the first 10.
    public var others10 = 0
    /// Other candidates among the first 50.
    public var others50 = 0

    mutating func add(rank: Int, isHidden: Bool) {
        if rank < 10 { if isHidden { hidden10 += 1 } else { others10 += 1 } }
        if rank < 50 { if isHidden { hidden50 += 1 } else { others50 += 1 } }
    }

    mutating func add(_ other: CandidateCounts) {
        hidden10 += other.hidden10
        hidden50 += other.hidden50
        others10 += other.others10
        others50 += other.others50
    }
}
