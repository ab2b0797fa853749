/// How much a report says beside counts: histograms, ranks and fates always, and as many queries as are wanted.
public struct MiningReportDetail: Sendable, Hashable {
    /// The number of queries that are shown as examples, drawn by the seed.
    public var examples: Int
    /// The number of negatives, and of rejected candidates, that an example shows.
    public var passages: Int
    /// The number of scalars that a text is cut to.
    public var textLength: Int
    /// The number of queries with too few survivors that are listed, those with the fewest first.
    public var shortQueries: Int

    /// A detail; memory is bounded by these numbers, not by those of queries or candidates.
    public init(examples: Int = 20, passages: Int = 10, textLength: Int = 300, shortQueries: Int = 20) {
        self.examples = examples
        self.passages = passages
        self.textLength = textLength
        self.shortQueries = shortQueries
    }

    /// What a source of a mixture says: no queries, the whole has them.
    var withoutQueries: MiningReportDetail {
        var detail = self
        detail.examples = 0
        detail.shortQueries = 0
        return detail
    }
}
