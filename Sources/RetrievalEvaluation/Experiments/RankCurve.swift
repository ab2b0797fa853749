import RetrievalData

/// How far down a system's relevant documents stand: recall by depth, and precision by recall.
public struct RankCurve: Sendable, Hashable, Codable {
    /// The system's name.
    public var system: String
    /// The depths at which recall is given, ascending.
    public var depths: [Int]
    /// Recall at each depth, the mean over queries and seeds.
    public var recall: [Double]
    /// Interpolated precision at recall 0, 0.1, … 1, the mean over queries and seeds (trec_eval's `iprec_at_recall`).
    public var precision: [Double]

    /// A curve from its parts; `recall` has a value for each depth, `precision` eleven.
    public init(system: String, depths: [Int], recall: [Double], precision: [Double]) {
        self.system = system
        self.depths = depths
        self.recall = recall
        self.precision = precision
    }
}

extension RankCurve {
    /// The curve of a system from its runs, one a seed.
    ///
    /// A query without relevant documents counts 0, as everywhere; so does one that a run lacks.
    ///
    /// Complexity: O(documents).
    public init(system: String, runs: [Run], qrels: Qrels, depths: [Int]) {
        var recall = [Double](repeating: 0, count: depths.count)
        var precision = [Double](repeating: 0, count: 11)
        for run in runs {
            for ranking in run.rankings {
                let judgements = qrels[ranking.queryID]
                let relevant = judgements.values.count { $0 >= 1 }
                if relevant == 0 { continue }
                let found = Self.found(ranking, judgements)
                for (place, depth) in depths.enumerated() {
                    recall[place] += Double(found[min(depth, found.count - 1)]) / Double(relevant)
                }
                for (level, value) in Self.interpolated(found, relevant: relevant).enumerated() {
                    precision[level] += value
                }
            }
        }
        let divisor = Double(max(runs.count * qrels.queryIDs.count, 1))
        self.init(
            system: system, depths: depths, recall: recall.map { $0 / divisor },
            precision: precision.map { $0 / divisor })
    }

    /// How many relevant documents are found by each depth, from 0.
    private static func found(_ ranking: Ranking, _ judgements: [DocumentID: Int]) -> [Int] {
        var found = [0]
        found.reserveCapacity(ranking.documents.count + 1)
        for document in ranking.documents {
            found.append(found[found.count - 1] + ((judgements[document.id] ?? 0) >= 1 ? 1 : 0))
        }
        return found
    }

    /// The highest precision at any depth where recall is at least 0, 0.1, … 1.
    private static func interpolated(_ found: [Int], relevant: Int) -> [Double] {
        var best = [Double](repeating: 0, count: 11)
        for depth in 1..<max(found.count, 1) {
            let precision = Double(found[depth]) / Double(depth)
            // Whole numbers, so that a recall of 0.3 is 0.3: the level is reached where 10 · found ≥ level · relevant.
            for level in 0...min(10, 10 * found[depth] / relevant) { best[level] = max(best[level], precision) }
        }
        return best
    }
}
