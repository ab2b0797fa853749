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
        _ rounds: [HiddenPositives], retriever: any Retriever, documents: any DocumentStore, pool: Set<DocumentID>?,
        features: WindowFeatures, depth: Int, minimumGrade: Int
    ) throws {
        self.init(names: features.names)
        let miner = try HardNegativeMiner(
            retriever: retriever, documents: documents,
            options: .unfiltered(depth: depth, minimumGrade: minimumGrade), pool: pool)
        var examples = self
        for hidden in rounds {
            _ = try miner.mine(queries: hidden.queries, qrels: hidden.qrels) { mined in
                let candidates = mined.negatives.map { ScoredDocument(id: $0.document, score: $0.score) }
                let rows = try features.rows(mined.query, positives: mined.positives, candidates: candidates)
                let positive = hidden.documents[mined.query.id]
                for (candidate, row) in zip(candidates, rows) {
                    examples.append(
                        row, isPositive: candidate.id == positive, part: hidden.parts[mined.query.id] ?? 0)
                }
            }
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
