import RetrievalData

/// Collects what a report says beside counts: fates, ranks, histograms, named queries; in bounded memory.
struct DetailCollector {
    /// Whether all scores are of one retriever.
    private let comparesScores: Bool
    private var queries: QueryCollector
    private var byNegatives: [Int: Int] = [:]
    private var fates = FateCollector()
    private var ranks = RankCollector()
    private var relativeScores = OutcomeCounts(scale: HistogramScale(fromZero: 40, parts: 20))

    init(_ detail: MiningReportDetail, seed: UInt64, comparesScores: Bool) {
        self.comparesScores = comparesScores
        queries = QueryCollector(detail: detail, seed: seed)
    }

    mutating func add(_ mined: MinedQuery, wanted: Int, shortfall: QueryShortfall) {
        byNegatives[mined.negatives.count, default: 0] += 1
        queries.add(mined, wanted: wanted, shortfall: shortfall)
        for negative in mined.negatives {
            add(
                .kept, CandidateFate.kept, score: negative.score, rank: negative.rank,
                positiveScore: mined.positiveScore(of: negative.source))
        }
        for rejection in mined.rejections ?? [] where rejection.reason != .positive {
            add(
                CandidateOutcome(rejection.reason), rejection.reason.rawValue, score: rejection.score,
                rank: rejection.rank, positiveScore: mined.positiveScore(of: rejection.source))
        }
    }

    private mutating func add(
        _ outcome: CandidateOutcome?, _ fate: String, score: Double?, rank: Int?, positiveScore: Double?
    ) {
        var relativeScore: Double?
        if comparesScores, let score, let positiveScore, positiveScore > 0 {
            let quotient = score / positiveScore
            if quotient.isFinite { relativeScore = quotient }
        }
        fates.add(fate, rank: rank, relativeScore: relativeScore)
        guard comparesScores, let outcome else { return }
        if let relativeScore { relativeScores.add(relativeScore, outcome) }
        if let rank { ranks.add(rank: rank, outcome, relativeScore: relativeScore) }
    }

    /// Writes what was collected into a report.
    func fill(_ report: inout MiningReport) {
        report.queriesByNegatives = byNegatives.sorted { $0.key < $1.key }.map {
            MiningReport.QueryCount(negatives: $0.key, queries: $0.value)
        }
        report.fates = fates.summaries
        guard comparesScores else { return }
        report.ranks = ranks.summaries
        report.relativeScoreHistogram = relativeScores.histogram
    }

    /// Writes the named queries into a report, with texts from the store.
    func fillQueries(_ report: inout MiningReport, documents: any DocumentStore) throws {
        try queries.fill(&report, documents: documents)
    }
}
