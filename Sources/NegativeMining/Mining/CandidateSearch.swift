import RetrievalData

/// Asks a retriever for windows of candidates.
struct CandidateSearch: Sendable {
    let retriever: any Retriever
    let pool: Set<DocumentID>?
    let rangeMin: Int
    /// How many leading documents windows hold.
    let leading: Int

    /// The window of each query, up to but not including the rank `rangeMax`.
    ///
    /// Asks again, four times as deep, where a pool left a window unfilled.
    func windows(_ queries: [Query], positives: [Set<DocumentID>], rangeMax: Int) throws -> [CandidateWindow] {
        var windows = queries.map { _ in CandidateWindow() }
        var open = Array(queries.indices)
        var depth = max(rangeMax, leading) + (positives.map(\.count).max() ?? 0)
        while !open.isEmpty {
            var next = 0
            var unfilled: [Int] = []
            try retriever.retrieve(open.map { queries[$0] }, k: depth) { ranking in
                guard next < open.count else { return }
                let place = open[next]
                next += 1
                let window = CandidateWindow(
                    ranking.documents, positives: positives[place], pool: pool, rangeMin: rangeMin, rangeMax: rangeMax,
                    leading: leading)
                windows[place] = window
                if !window.isComplete && ranking.documents.count >= depth { unfilled.append(place) }
            }
            open = unfilled
            depth *= 4
        }
        return windows
    }
}
