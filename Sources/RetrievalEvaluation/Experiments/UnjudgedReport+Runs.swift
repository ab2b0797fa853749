import RetrievalData

extension UnjudgedReport {
    /// A system's runs, one a seed; a single one stands for every seed of the system it is compared with.
    public struct System: Sendable {
        /// The name that pairs and reports use.
        public var name: String
        /// The runs, each query once in each.
        public var runs: [Run]

        /// A system from its runs.
        public init(name: String, runs: [Run]) {
            self.name = name
            self.runs = runs
        }
    }

    /// The report of some systems' runs and of the differences of some pairs of them.
    ///
    /// Queries and ties are those of the options. The default measure is nDCG@10; `depth` is the measure's cut-off, or 10, where it isn't
    /// given. A query that a run lacks has no share of unjudged documents, and the value 0 unless the options say intersect. Seeds pair by
    /// their order. Throws `EvaluationError.notComparable` for a pair of a system that is not there, or of two numbers of seeds above 1.
    ///
    /// Complexity: O(documents) for the shares, and O(depth) evaluations of the measure for each pair, seed and query.
    public init(
        qrels: Qrels, systems: [System], pairs: [(baseline: String, run: String)], measure: Measure? = nil,
        depth: Int? = nil, options: EvaluationOptions = .init()
    ) throws {
        let measure = try measure ?? Measure("nDCG@10")
        let depth = max(depth ?? measure.cutoff ?? 10, 1)
        self.init(measure: measure, depth: depth, shares: [:], bounds: [])
        var rankings: [String: [[QueryID: [ScoredDocument]]]] = [:]
        for system in systems {
            rankings[system.name] = system.runs.map { Self.rankings(of: $0, options, measure, depth) }
        }
        let cases = qrels.queryIDs.map { query in
            (query, UnjudgedBounds(measure: measure, depth: depth, judgements: qrels[query]))
        }
        for (name, seeds) in rankings {
            shares[name] = Statistics.mean(
                seeds.flatMap { seed in cases.compactMap { query, bounds in seed[query].flatMap(bounds.share) } })
        }
        for pair in pairs {
            bounds.append(try Self.bound(pair, rankings, cases, intersect: options.queries == .intersect))
        }
    }

    private static func bound(
        _ pair: (baseline: String, run: String), _ rankings: [String: [[QueryID: [ScoredDocument]]]],
        _ cases: [(QueryID, UnjudgedBounds)], intersect: Bool
    ) throws -> Bound {
        func fail(_ reason: String) -> EvaluationError {
            .notComparable(one: pair.baseline, other: pair.run, reason: reason)
        }
        guard let old = rankings[pair.baseline], let new = rankings[pair.run], !old.isEmpty, !new.isEmpty else {
            throw fail("one of them has no runs")
        }
        if old.count != new.count, old.count > 1, new.count > 1 { throw fail("their numbers of seeds differ") }
        var differences: [Double] = []
        var pessimistic: [Double] = []
        var optimistic: [Double] = []
        for seed in 0..<max(old.count, new.count) {
            let before = old[old.count == 1 ? 0 : seed]
            let after = new[new.count == 1 ? 0 : seed]
            for (query, bounds) in cases {
                if intersect, before[query] == nil || after[query] == nil { continue }
                let found = bounds.bounds(baseline: before[query] ?? [], run: after[query] ?? [])
                differences.append(found.difference)
                pessimistic.append(found.pessimistic)
                optimistic.append(found.optimistic)
            }
        }
        return Bound(
            baseline: pair.baseline, run: pair.run, difference: Statistics.mean(differences),
            pessimistic: Statistics.mean(pessimistic), optimistic: Statistics.mean(optimistic))
    }

    /// The rankings that have documents, in the total order, cut where the measure and the depth see no further.
    private static func rankings(
        of run: Run, _ options: EvaluationOptions, _ measure: Measure, _ depth: Int
    ) -> [QueryID: [ScoredDocument]] {
        var rankings: [QueryID: [ScoredDocument]] = [:]
        for ranking in run.rankings where !ranking.documents.isEmpty {
            var documents = ranking.documents
            if options.scorePrecision == .single {
                for place in documents.indices { documents[place].score = Double(Float(documents[place].score)) }
            }
            if !zip(documents, documents.dropFirst()).allSatisfy({ $0.precedes($1) }) {
                documents.sort { $0.precedes($1) }
            }
            if options.excludeQueryID { documents.removeAll { $0.id == ranking.queryID } }
            if let cutoff = measure.cutoff { documents = Array(documents.prefix(max(cutoff, depth))) }
            rankings[ranking.queryID] = documents
        }
        return rankings
    }
}
