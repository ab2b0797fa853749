import Synchronization

/// Exact search: the rows with the highest inner products.
package enum NearestRows {
    /// One row with its product.
    package struct Hit: Sendable, Hashable {
        /// The row.
        package var row: Int
        /// The inner product.
        package var score: Float
    }

    private static let queriesAtOnce = 32
    private static let rowsAtOnce = 256
    private static let rowsPerPiece = 16384

    /// The best `k` rows of each query, best first; `before` says which of two rows with equal products stands first.
    ///
    /// A product has the same bits as from `scores(of:in:for:)`, whatever the queries and rows beside it and the number of threads.
    /// Complexity: O(queries · rows · columns), memory O(queries · k).
    package static func search(
        _ queries: MatrixWindow, in rows: MatrixWindow, k: Int, threads: Int, kernels: VectorKernels = .best,
        before: @escaping @Sendable (Int, Int) -> Bool = { $0 < $1 }
    ) -> [[Hit]] {
        precondition(queries.columns == rows.columns && k >= 0, "the vectors have different lengths")
        precondition(rows.rows <= Int(Int32.max), "there are too many rows for one search")
        let groups = (queries.rows + queriesAtOnce - 1) / queriesAtOnce
        let pieces = (rows.rows + rowsPerPiece - 1) / rowsPerPiece
        let results = (0..<groups).map { group in
            Shared(count: min(queriesAtOnce, queries.rows - group * queriesAtOnce), k: k)
        }
        FixedParallel.forEach(groups * pieces, threads: threads) { task in
            let group = task / pieces
            let piece = task % pieces
            let first = group * queriesAtOnce
            let asked = first..<min(first + queriesAtOnce, queries.rows)
            let range = (piece * rowsPerPiece)..<min((piece + 1) * rowsPerPiece, rows.rows)
            let shared = results[group]
            let found = scan(queries, asked, rows, range, k, shared.thresholds(), kernels, before)
            shared.merge(found, before)
        }
        return results.flatMap { shared in
            shared.sorted(before).map { entries in entries.map { Hit(row: Int($0.row), score: $0.score) } }
        }
    }

    /// The products of one query with some rows, which must exist.
    package static func scores(
        of chosen: [Int32], in rows: MatrixWindow, for query: MatrixWindow, kernels: VectorKernels = .best
    ) -> [Float] {
        precondition(query.rows == 1 && query.columns == rows.columns, "the vectors have different lengths")
        let loops = kernels.table.pointee
        return chosen.map { row in
            precondition(row >= 0 && Int(row) < rows.rows, "no such row")
            var score: Float = 0
            loops.dots(
                query.base, 1, query.stride, rows.base + Int(row) * rows.stride, 1, rows.stride, rows.columns, &score, 1
            )
            return score
        }
    }

    private static func scan(
        _ queries: MatrixWindow, _ asked: Range<Int>, _ rows: MatrixWindow, _ range: Range<Int>, _ k: Int,
        _ thresholds: [Float], _ kernels: VectorKernels, _ before: (Int, Int) -> Bool
    ) -> [BoundedHeap] {
        var heaps = [BoundedHeap](repeating: BoundedHeap(k: k), count: asked.count)
        let loops = kernels.table.pointee
        withUnsafeTemporaryAllocation(of: Float.self, capacity: asked.count * rowsAtOnce) { scores in
            guard let out = scores.baseAddress else { return }
            var start = range.lowerBound
            while start < range.upperBound {
                let end = min(start + rowsAtOnce, range.upperBound)
                loops.dots(
                    queries.base + asked.lowerBound * queries.stride, asked.count, queries.stride,
                    rows.base + start * rows.stride, end - start, rows.stride, rows.columns, out, rowsAtOnce)
                for query in 0..<asked.count {
                    let line = out + query * rowsAtOnce
                    var threshold = max(heaps[query].threshold, thresholds[query])
                    for place in 0..<(end - start) where line[place] >= threshold {
                        heaps[query].offer(
                            .init(score: line[place], row: Int32(truncatingIfNeeded: start + place)), before)
                        threshold = max(heaps[query].threshold, thresholds[query])
                    }
                }
                start = end
            }
        }
        return heaps
    }

    /// The heaps of one group of queries, filled by several threads.
    private final class Shared: Sendable {
        private let heaps: Mutex<[BoundedHeap]>

        init(count: Int, k: Int) { heaps = Mutex([BoundedHeap](repeating: BoundedHeap(k: k), count: count)) }

        func thresholds() -> [Float] { heaps.withLock { $0.map(\.threshold) } }

        func merge(_ found: [BoundedHeap], _ before: (Int, Int) -> Bool) {
            heaps.withLock { held in
                for (index, heap) in found.enumerated() { held[index].merge(heap, before) }
            }
        }

        func sorted(_ before: (Int, Int) -> Bool) -> [[BoundedHeap.Entry]] {
            heaps.withLock { $0.map { $0.sorted(before) } }
        }
    }
}
