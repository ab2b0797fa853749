import NumericKernels
import RetrievalData

/// How much of what exact search finds a graph finds too: stored vectors are the queries, each without itself.
///
/// Real queries lie farther from the documents than these lie from one another, and find less.
public struct GraphRecall: Sendable, Hashable, Codable {
    /// The number of vectors that were asked for.
    public var queries: Int
    /// The seed that chose them.
    public var seed: UInt64
    /// How many vectors were in sight.
    public var breadth: Int
    /// The part of the best 10 that was found.
    public var recallAt10: Double
    /// The part of the best 100 that was found.
    public var recallAt100: Double
}

extension FlatVectorIndex {
    /// Searches for a sample of the stored vectors with the graph and exactly; nil where there is no graph or no vector.
    ///
    /// Among equal scores at the end of the list any document counts as found.
    public func graphRecall(queries: Int = 200, seed: UInt64 = 1, threads: Int = 1) -> GraphRecall? {
        guard let graph, count > 0 else { return nil }
        var random = SeededRandom(seed: seed)
        let sample = random.sample(max(queries, 1), from: Array(0..<count))
        let matrix = Matrix(columns: dimension, values: sample.flatMap { rows.row($0) })
        let exact = NearestRows.search(matrix.window, in: rows, k: 101, threads: threads)
        func recall(_ k: Int) -> Double {
            let found = graph.search(matrix.window, in: rows, k: k + 1, breadth: Self.leastBreadth, threads: threads)
            var (hits, wanted) = (0, 0)
            for (place, own) in sample.enumerated() {
                let mine = found[place].filter { $0.row != own }.prefix(k)
                let best = exact[place].filter { $0.row != own }.prefix(k)
                wanted += best.count
                guard let last = best.last else { continue }
                hits += mine.count { $0.score >= last.score }
            }
            return wanted == 0 ? 1 : Double(hits) / Double(wanted)
        }
        return GraphRecall(
            queries: sample.count, seed: seed, breadth: Self.leastBreadth, recallAt10: recall(10),
            recallAt100: recall(100))
    }
}
