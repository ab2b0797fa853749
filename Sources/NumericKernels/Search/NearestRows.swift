import CKernels

/// Exact search: the rows with the highest inner products.
package enum NearestRows {
    /// One row with its product.
    package struct Hit: Sendable, Hashable {
        /// The row.
        package var row: Int
        /// The inner product.
        package var score: Float
    }

    private static let queriesAtOnce = 256
    private static let rowsAtOnce = 256
    private static let rowsPerPiece = 16384
    /// From so many queries on, a matrix product says which rows need a look; below, reading the rows is what takes the time.
    private static let fewestForProduct = 12

    /// The best `k` rows of each query, best first; `before` says which of two rows with equal products stands first.
    ///
    /// Many queries go through the platform's matrix product, block by block: it shows which rows can be among the best by more than its
    /// rounding, and only those are scored as `scores` does.
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
            SharedHeaps(count: min(queriesAtOnce, queries.rows - group * queriesAtOnce), k: k)
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
                query.base, 1, query.stride, rows.base + Int(row) * rows.stride, 1, rows.columns, rows.columns, &score,
                1)
            return score
        }
    }

    private static func scan(
        _ queries: MatrixWindow, _ asked: Range<Int>, _ rows: MatrixWindow, _ range: Range<Int>, _ k: Int,
        _ thresholds: [Float], _ kernels: VectorKernels, _ before: (Int, Int) -> Bool
    ) -> [BoundedHeap] {
        var heaps = [BoundedHeap](repeating: BoundedHeap(k: k), count: asked.count)
        let loops = kernels.table.pointee
        let columns = rows.columns
        let distance = rows.stride
        let first = queries.base + asked.lowerBound * queries.stride
        let product = asked.count >= fewestForProduct
        let norms = product ? (0..<asked.count).map { norm(first + $0 * queries.stride, columns, loops) } : []
        withUnsafeTemporaryAllocation(of: Float.self, capacity: asked.count * rowsAtOnce) { memory in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: rowsAtOnce) { places in
                guard let out = memory.baseAddress, let passed = places.baseAddress else { return }
                for start in stride(from: range.lowerBound, to: range.upperBound, by: rowsAtOnce) {
                    let end = min(start + rowsAtOnce, range.upperBound)
                    let block = rows.base + start * distance
                    var longest: Float = 0
                    if product {
                        ProductEngine.platform.multiply(
                            transposeA: false, transposeB: true, m: asked.count, n: end - start, k: columns, alpha: 1,
                            a: first, lda: queries.stride, b: block, ldb: distance, beta: 0, c: out, ldc: rowsAtOnce)
                        for row in 0..<(end - start) {
                            // Written so that a norm that is no number counts too.
                            let length = norm(block + row * distance, columns, loops)
                            if !(length <= longest) { longest = length }
                        }
                    } else {
                        loops.dots(
                            first, asked.count, queries.stride, block, end - start, distance, columns, out, rowsAtOnce)
                    }
                    for query in 0..<asked.count {
                        let line = out + query * rowsAtOnce
                        var threshold = max(heaps[query].threshold, thresholds[query])
                        var bound = threshold
                        if product {
                            bound -= roundingBound(columns) * norms[query] * longest
                            if bound.isNaN { bound = -.infinity }
                        }
                        let count = ck_at_least(kernels.level, line, end - start, bound, passed)
                        for index in 0..<count {
                            let place = Int(passed[index])
                            if product {
                                loops.dots(
                                    first + query * queries.stride, 1, columns, block + place * distance, 1, distance,
                                    columns, line + place, 1)
                            }
                            guard line[place] >= threshold else { continue }
                            heaps[query].offer(
                                .init(score: line[place], row: Int32(truncatingIfNeeded: start + place)), before)
                            threshold = max(heaps[query].threshold, thresholds[query])
                        }
                    }
                }
            }
        }
        return heaps
    }

    /// How far two products of vectors of norm 1 may lie apart that were summed in different orders, and some more for the norms' own rounding.
    ///
    /// Higham, Accuracy and Stability of Numerical Algorithms, equation 3.5: each errs by at most γₙ |a|ᵀ|b| ≤ γₙ ‖a‖ ‖b‖, γₙ = nu / (1 − nu).
    private static func roundingBound(_ columns: Int) -> Float { 2.5 * Float(columns + 8) * 0x1p-24 }

    private static func norm(_ vector: UnsafePointer<Float>, _ columns: Int, _ loops: ck_vector_kernels) -> Float {
        var square: Float = 0
        loops.dots(vector, 1, columns, vector, 1, columns, columns, &square, 1)
        // The least normal number stands for what squares that vanish leave out.
        return square.squareRoot() + 0x1p-60
    }
}
