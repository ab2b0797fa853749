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
        _ queries: MatrixWindow, in rows: StoredRows, k: Int, threads: Int, kernels: VectorKernels = .best,
        before: @escaping @Sendable (Int, Int) -> Bool = { $0 < $1 }
    ) -> [[Hit]] {
        precondition(queries.columns == rows.columns && k >= 0, "the vectors have different lengths")
        precondition(rows.rows <= Int(Int32.max), "there are too many rows for one search")
        let k = min(k, rows.rows)
        let groups = (queries.rows + queriesAtOnce - 1) / queriesAtOnce
        let pieces = (rows.rows + rowsPerPiece - 1) / rowsPerPiece
        let results = (0..<groups).map { group in
            SharedBestRows(count: min(queriesAtOnce, queries.rows - group * queriesAtOnce), k: k)
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
        of chosen: [Int32], in rows: StoredRows, for query: MatrixWindow, kernels: VectorKernels = .best
    ) -> [Float] {
        precondition(query.rows == 1 && query.columns == rows.columns, "the vectors have different lengths")
        let loops = kernels.table.pointee
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: rows.scratch(1)) { scratch in
            chosen.map { row in
                precondition(row >= 0 && Int(row) < rows.rows, "no such row")
                let vector = rows.floats(Int(row)..<(Int(row) + 1), scratch, kernels)
                var score: Float = 0
                loops.dots(query.base, 1, query.stride, vector, 1, rows.columns, rows.columns, &score, 1)
                return score
            }
        }
    }

    /// The best `k` rows of a matrix, as of stored ones.
    package static func search(
        _ queries: MatrixWindow, in rows: MatrixWindow, k: Int, threads: Int, kernels: VectorKernels = .best,
        before: @escaping @Sendable (Int, Int) -> Bool = { $0 < $1 }
    ) -> [[Hit]] {
        search(queries, in: .f32(rows), k: k, threads: threads, kernels: kernels, before: before)
    }

    /// The products of one query with some rows of a matrix, as with stored ones.
    package static func scores(
        of chosen: [Int32], in rows: MatrixWindow, for query: MatrixWindow, kernels: VectorKernels = .best
    ) -> [Float] {
        scores(of: chosen, in: .f32(rows), for: query, kernels: kernels)
    }

    private static func scan(
        _ queries: MatrixWindow, _ asked: Range<Int>, _ rows: StoredRows, _ range: Range<Int>, _ k: Int,
        _ thresholds: [Float], _ kernels: VectorKernels, _ before: (Int, Int) -> Bool
    ) -> [BestRows] {
        var best = [BestRows](repeating: BestRows(k: k), count: asked.count)
        let loops = kernels.table.pointee
        let columns = rows.columns
        let distance = rows.stride
        let first = queries.base + asked.lowerBound * queries.stride
        let product = asked.count >= fewestForProduct
        let norms = product ? (0..<asked.count).map { norm(first + $0 * queries.stride, columns, loops) } : []
        let rowsAtOnce = product ? Self.rowsAtOnce : rows.rowsForReading
        let size = asked.count * rowsAtOnce + rows.scratch(rowsAtOnce)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: size) { memory in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: rowsAtOnce) { places in
                guard let out = memory.baseAddress, let passed = places.baseAddress else { return }
                let scratch = UnsafeMutableBufferPointer(rebasing: memory[(asked.count * rowsAtOnce)...])
                for start in stride(from: range.lowerBound, to: range.upperBound, by: rowsAtOnce) {
                    let end = min(start + rowsAtOnce, range.upperBound)
                    let block = rows.floats(start..<end, scratch, kernels)
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
                        var threshold = max(best[query].threshold, thresholds[query])
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
                            best[query].offer(
                                .init(score: line[place], row: Int32(truncatingIfNeeded: start + place)), before)
                            threshold = max(best[query].threshold, thresholds[query])
                        }
                    }
                }
            }
        }
        return best
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
