import RetrievalData

/// Adds up a report query by query.
struct MiningReportBuilder {
    /// Whether all scores are of one retriever; only then are they collected.
    private let comparesScores: Bool
    private var queries = 0
    private var withoutPositives = 0
    private var withoutPositiveScore = 0
    private var unknownPositives = 0
    private var candidates = 0
    private(set) var negatives = 0
    private var rejected: [String: Int] = [:]
    private var overruled: [String: Int] = [:]
    private var short = 0
    private var empty = 0
    private var missing = 0
    private var widened = 0
    private var filled = 0
    private var randomNegatives = 0
    private var dropped = 0
    private var positiveScores = ScoreCollector()
    private var negativeScores = ScoreCollector()
    private var rejectedScores = ScoreCollector()
    private var unusedScores = ScoreCollector()
    private var gaps = ScoreCollector()
    private var detail: DetailCollector?

    init(comparesScores: Bool = true, detail: MiningReportDetail? = nil, seed: UInt64) {
        self.comparesScores = comparesScores
        self.detail = detail.map { DetailCollector($0, seed: seed, comparesScores: comparesScores) }
    }

    mutating func addQueryWithoutPositives() {
        queries += 1
        withoutPositives += 1
    }

    mutating func add(_ mined: MinedQuery, wanted: Int, shortfall: QueryShortfall = .init()) {
        queries += 1
        let known = mined.positives.compactMap(\.score)
        unknownPositives += mined.positives.count - known.count
        if known.isEmpty { withoutPositiveScore += 1 }
        for rejection in mined.rejections ?? [] { rejected[rejection.reason.rawValue, default: 0] += 1 }
        for reason in mined.negatives.compactMap(\.overruled) { overruled[reason.rawValue, default: 0] += 1 }
        if comparesScores { addScores(mined, known: known) }
        detail?.add(mined, wanted: wanted, shortfall: shortfall)
        candidates += mined.negatives.count + (mined.rejections?.count ?? 0)
        negatives += mined.negatives.count
        if mined.negatives.count < wanted {
            short += 1
            missing += wanted - mined.negatives.count
        }
        if mined.negatives.isEmpty { empty += 1 }
        widened += shortfall.isWidened ? 1 : 0
        filled += shortfall.filled > 0 ? 1 : 0
        randomNegatives += shortfall.filled
        dropped += shortfall.isDropped ? 1 : 0
    }

    private mutating func addScores(_ mined: MinedQuery, known: [Double]) {
        let scores = mined.negatives.compactMap(\.score)
        for score in known { positiveScores.add(score) }
        for score in scores { negativeScores.add(score) }
        for rejection in mined.rejections ?? [] {
            switch CandidateOutcome(rejection.reason) {
            case .unused: unusedScores.add(rejection.score)
            case .rejected: rejectedScores.add(rejection.score)
            case .kept, nil: break
            }
        }
        if let lowest = known.min(), let best = scores.max() { gaps.add(lowest - best) }
    }

    func report(retriever: String, options: MiningOptions, filters: [String], poolSize: Int?) -> MiningReport {
        let mined = queries - withoutPositives
        var report = MiningReport(
            retriever: retriever, queries: queries, queriesWithoutPositives: withoutPositives,
            queriesWithoutPositiveScore: withoutPositiveScore, unknownPositives: unknownPositives,
            candidates: candidates, negatives: negatives,
            averagePerQuery: mined == 0 ? 0 : Double(negatives) / Double(mined), rejected: rejected,
            overruled: overruled.isEmpty ? nil : overruled,
            shortQueries: short, emptyQueries: empty, missingNegatives: missing,
            widenedQueries: widened, filledQueries: filled, randomNegatives: randomNegatives, droppedQueries: dropped,
            positiveScores: positiveScores.summary, negativeScores: negativeScores.summary,
            rejectedScores: rejectedScores.summary, unusedScores: unusedScores.summary, gaps: gaps.summary,
            filters: filters, poolSize: poolSize, options: options)
        if let detail {
            detail.fill(&report)
            report.scoreHistogram = scoreHistogram
        }
        return report
    }

    /// Adds the queries that the report names, with their texts.
    func fillQueries(_ report: inout MiningReport, documents: any DocumentStore) throws {
        try detail?.fillQueries(&report, documents: documents)
    }

    private var scoreHistogram: OutcomeHistogram? {
        let outcomes = [negativeScores, rejectedScores, unusedScores]
        let all = outcomes + [positiveScores]
        guard let minimum = all.map(\.minimum).min(), let maximum = all.map(\.maximum).max(),
            let scale = HistogramScale(from: minimum, to: maximum)
        else { return nil }
        return OutcomeHistogram(
            scale: scale, positives: positiveScores.counts(on: scale), counts: outcomes.map { $0.counts(on: scale) })
    }
}
