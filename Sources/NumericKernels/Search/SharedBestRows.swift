import Synchronization

/// The best rows of one group of queries, found by several threads.
final class SharedBestRows: Sendable {
    private let best: Mutex<[BestRows]>

    init(count: Int, k: Int) { best = Mutex([BestRows](repeating: BestRows(k: k), count: count)) }

    func thresholds() -> [Float] { best.withLock { $0.map(\.threshold) } }

    func merge(_ found: [BestRows], _ before: (Int, Int) -> Bool) {
        best.withLock { held in
            for (index, rows) in found.enumerated() { held[index].merge(rows, before) }
        }
    }

    /// The best rows of each query, in ascending order of rows.
    func rows(_ before: (Int, Int) -> Bool) -> [[Int32]] {
        best.withLock { held in held.indices.map { held[$0].rows(before).sorted() } }
    }

    /// The best rows of each query, best first.
    func sorted(_ before: (Int, Int) -> Bool) -> [[BestRows.Entry]] {
        best.withLock { held in held.indices.map { held[$0].sorted(before) } }
    }
}
