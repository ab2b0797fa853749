/// One order of the queries of several runs that agrees with the order in each.
struct QueryOrder {
    /// The queries.
    private(set) var queries: [QueryID] = []
    /// Whether the runs leave it open which of two queries comes first; then the one whose id is less in byte order does.
    private(set) var isOpen = false

    /// Sorts topologically (Kahn): a query follows all that stand before it in some run.
    ///
    /// Nil where two runs contradict each other. Whatever the order of the runs, the result is the same. O(all lines + queries · log queries).
    init?(_ runs: [[QueryID]]) {
        guard let first = runs.first, runs.contains(where: { $0 != first }) else {
            queries = runs.first ?? []
            return
        }
        var followers: [QueryID: Set<QueryID>] = [:]
        var waiting: [QueryID: Int] = [:]
        for run in runs {
            for query in run where waiting[query] == nil { waiting[query] = 0 }
            for (query, next) in zip(run, run.dropFirst()) where followers[query, default: []].insert(next).inserted {
                waiting[next, default: 0] += 1
            }
        }
        let count = waiting.count
        // Descending: the next one is the last.
        var ready = waiting.filter { $0.value == 0 }.map(\.key).sorted(by: Self.follows)
        while let query = ready.popLast() {
            if !ready.isEmpty { isOpen = true }
            queries.append(query)
            for next in followers[query] ?? [] {
                waiting[next, default: 0] -= 1
                guard waiting[next] == 0 else { continue }
                let place = ready.firstIndex { !Self.follows($0, next) } ?? ready.count
                ready.insert(next, at: place)
            }
        }
        if queries.count != count { return nil }
    }

    private static func follows(_ one: QueryID, _ other: QueryID) -> Bool {
        other.utf8.lexicographicallyPrecedes(one.utf8)
    }
}
