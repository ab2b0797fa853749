/// What several runs say of one query: their rankings, and the documents of all of them.
///
/// Any number of fusions can be tried on it.
public struct RankingPool: Sendable, Hashable {
    /// The query.
    public let queryID: QueryID
    /// The ranking of each run; empty where a run lacks the query.
    public let rankings: [[ScoredDocument]]
    /// The documents of all rankings, each once, in the order of the rankings.
    public let documentIDs: [DocumentID]
    /// For each ranking the places of its documents in `documentIDs`.
    private let places: [[Int]]

    /// Pools rankings, which stand in the total order.
    ///
    /// Complexity: O(documents).
    public init(queryID: QueryID, rankings: [[ScoredDocument]]) {
        self.queryID = queryID
        self.rankings = rankings
        var ids: [DocumentID] = []
        var known: [DocumentID: Int] = [:]
        places = rankings.map { ranking in
            ranking.map { document in
                if let place = known[document.id] { return place }
                known[document.id] = ids.count
                ids.append(document.id)
                return ids.count - 1
            }
        }
        documentIDs = ids
    }

    /// The pools of runs: the queries of the first run in its order, then those that only the next ones have.
    ///
    /// Each is made when it is asked for.
    public static func pools(of runs: [Run]) -> some Sequence<RankingPool> {
        let tables = runs.map { run in
            Dictionary(
                run.rankings.map { ($0.queryID, $0.documents) }, uniquingKeysWith: { first, _ in first })
        }
        var seen: Set<QueryID> = []
        let queries = runs.flatMap { $0.rankings.map(\.queryID) }.filter { seen.insert($0).inserted }
        return queries.lazy.map { query in
            RankingPool(queryID: query, rankings: tables.map { $0[query] ?? [] })
        }
    }

    /// The documents in the total order of their fused scores; the first `limit` of them, where one is given.
    ///
    /// Complexity: O(n log n).
    public func fused(by fusion: RunFusion, limit: Int? = nil) -> Ranking {
        var given = [[Double]](repeating: [], count: documentIDs.count)
        for (run, ranking) in rankings.enumerated() {
            let first = ranking.prefix(max(fusion.depth ?? ranking.count, 0))
            for (place, score) in zip(places[run], fusion.contributions(of: first, run: run)) {
                given[place].append(score)
            }
        }
        let scores = given.map(fusion.method.combined)
        let order = scores.indices.filter { !given[$0].isEmpty }.sorted {
            scores[$0] == scores[$1]
                ? documentIDs[$1].utf8.lexicographicallyPrecedes(documentIDs[$0].utf8) : scores[$0] > scores[$1]
        }
        return Ranking(
            queryID: queryID,
            documents: order.prefix(max(limit ?? order.count, 0)).map {
                ScoredDocument(id: documentIDs[$0], score: scores[$0])
            })
    }
}
