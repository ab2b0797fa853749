import RetrievalData

/// Adds up the report of a mixture and those of its sources.
struct MixtureReportBuilder {
    private let mixture: NegativeMixture
    private let counts: [Int]
    private var whole: MiningReportBuilder
    private var parts: [MiningReportBuilder]

    init(mixture: NegativeMixture, counts: [Int], detail: MiningReportDetail?, seed: UInt64) {
        self.mixture = mixture
        self.counts = counts
        // Scores of several retrievers don't compare; each source's report has its own.
        whole = MiningReportBuilder(comparesScores: mixture.sources.count == 1, detail: detail, seed: seed)
        parts =
            mixture.sources.count == 1
            ? [] : mixture.sources.map { _ in MiningReportBuilder(detail: detail?.withoutQueries, seed: seed) }
    }

    var negatives: Int { whole.negatives }

    mutating func addQueryWithoutPositives() {
        whole.addQueryWithoutPositives()
        for place in parts.indices { parts[place].addQueryWithoutPositives() }
    }

    /// Adds a query's result and, for more than one source, that of each.
    mutating func add(_ mined: MinedQuery, parts minedParts: [MinedQuery], wanted: Int, shortfall: QueryShortfall) {
        whole.add(mined, wanted: wanted, shortfall: shortfall)
        for place in parts.indices { parts[place].add(minedParts[place], wanted: counts[place]) }
    }

    /// The report, with texts of the queries that it names from the store.
    func report(
        options: MiningOptions, filters: [String], poolSize: Int?, documents: any DocumentStore,
        estimates: [FalseNegativeEstimate?]
    ) throws -> MiningReport {
        var report = whole.report(
            retriever: mixture.name, options: options, filters: filters, poolSize: poolSize)
        try whole.fillQueries(&report, documents: documents)
        guard !parts.isEmpty else {
            report.falseNegativeEstimate = estimates.first ?? nil
            return report
        }
        report.sources = parts.enumerated().map { place, part in
            var options = options
            options.numNegatives = counts[place]
            var source = part.report(
                retriever: mixture.sources[place].name ?? "", options: options, filters: filters, poolSize: poolSize)
            source.falseNegativeEstimate = estimates[place]
            return source
        }
        return report
    }
}
