import RetrievalData

/// The candidates of queries with a hidden positive, one row of features each, labelled by whether it is the hidden one.
struct HiddenPositiveExamples: Sendable {
    let names: [FalseNegativeFeature]
    var features: [Double] = []
    var labels: [Bool] = []
    var parts: [Int] = []

    init(names: [FalseNegativeFeature]) { self.names = names }

    /// Ranks the candidates of each query as mining does and computes their features.
    init(
        _ rounds: [HiddenPositives], of source: NegativeMixture.Kind, documents: any DocumentStore,
        pool: Set<DocumentID>?, features: WindowFeatures, depth: Int, minimumGrade: Int, threads: Int
    ) throws {
        self.init(names: features.names)
        var miner = try HardNegativeMiner(
            mixture: NegativeMixture([.init(name: nil, share: 1, kind: source)]), documents: documents,
            options: .unfiltered(depth: depth, minimumGrade: minimumGrade), pool: pool, explains: true)
        miner.threads = threads
        var examples = self
        for hidden in rounds {
            _ = try miner.mine(
                QueryFile(hidden.queries), qrels: hidden.qrels,
                rows: { mined in
                    let ranked = mined.ranked
                    let query = try features.query(
                        mined.query, positives: mined.positives, leading: ranked.map(\.document),
                        candidates: ranked.map(\.document.id))
                    return try ranked.map {
                        (id: $0.document.id, row: try query.row(of: $0.document, rank: $0.rank))
                    }
                },
                each: { mined, rows in
                    let positive = hidden.documents[mined.query.id]
                    for (id, row) in rows {
                        examples.append(row, isPositive: id == positive, part: hidden.parts[mined.query.id] ?? 0)
                    }
                })
        }
        self = examples
    }

    mutating func append(_ row: [Double], isPositive: Bool, part: Int) {
        features += row
        labels.append(isPositive)
        parts.append(part)
    }

    /// The rows of some parts.
    func filtered(_ isKept: (Int) -> Bool) -> HiddenPositiveExamples {
        var kept = HiddenPositiveExamples(names: names)
        for row in labels.indices where isKept(parts[row]) {
            kept.append(self.row(row), isPositive: labels[row], part: parts[row])
        }
        return kept
    }

    func row(_ number: Int) -> [Double] { Array(features[number * names.count..<(number + 1) * names.count]) }

    /// How many rows are hidden positives.
    var positiveCount: Int { labels.count { $0 } }
}

extension MiningOptions {
    /// Every candidate down to a depth becomes a negative.
    static func unfiltered(depth: Int, minimumGrade: Int) -> MiningOptions {
        MiningOptions(
            numNegatives: depth, rangeMin: 0, rangeMax: depth, sampling: .top, relativeMargin: nil, dedupe: .off,
            minimumGrade: minimumGrade, ifTooFew: .keep)
    }
}

extension MinedQuery {
    /// All ranked candidates from rank 0, kept or rejected, best first.
    fileprivate var ranked: [(document: ScoredDocument, rank: Int)] {
        let kept = negatives.compactMap { negative in
            negative.rank.map {
                (document: ScoredDocument(id: negative.document, score: negative.score ?? 0), rank: $0)
            }
        }
        let rejected = (rejections ?? []).compactMap { rejection in
            rejection.rank.map { (document: ScoredDocument(id: rejection.document, score: rejection.score), rank: $0) }
        }
        return rejected.isEmpty ? kept : (kept + rejected).sorted { $0.rank < $1.rank }
    }
}
