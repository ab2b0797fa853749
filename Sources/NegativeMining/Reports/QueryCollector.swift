import RetrievalData

/// Collects the queries that a report names: examples drawn by the seed, and those with too few survivors.
struct QueryCollector {
    private let detail: MiningReportDetail
    private let seed: UInt64
    private var examples: LowestItems<MinedQuery>
    private var short: LowestItems<ShortQuery>

    init(detail: MiningReportDetail, seed: UInt64) {
        self.detail = detail
        self.seed = seed
        examples = LowestItems(limit: detail.examples)
        short = LowestItems(limit: detail.shortQueries)
    }

    mutating func add(_ mined: MinedQuery, wanted: Int, shortfall: QueryShortfall) {
        let draw = StableHash.fnv1a64("example\n" + mined.query.id, seed: seed)
        examples.add(.init(draw: draw, query: mined.query.id)) { mined }
        let dropped = shortfall.isDropped ? mined.rejections?.count { $0.reason == .tooFew } ?? 0 : 0
        let found = mined.negatives.count - shortfall.filled + dropped
        guard found < wanted else { return }
        short.add(.init(order: found, draw: draw, query: mined.query.id)) {
            ShortQuery(
                query: mined.query.id, text: MiningExample.cut(mined.query.text, detail.textLength), found: found,
                negatives: mined.negatives.count, isWidened: shortfall.isWidened, filled: shortfall.filled,
                isDropped: shortfall.isDropped,
                rejected: (mined.rejections ?? []).reduce(into: [:]) { $0[$1.reason.rawValue, default: 0] += 1 })
        }
    }

    /// Writes the queries into a report, with texts from the store.
    func fill(_ report: inout MiningReport, documents: any DocumentStore) throws {
        report.examples = try examples.items.map { try MiningExample($0, detail: detail, documents: documents) }
        report.shortest = short.items
    }
}
