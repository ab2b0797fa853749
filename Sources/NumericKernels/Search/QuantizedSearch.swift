import CKernels

/// Search in two steps: products of bytes choose candidates among all rows, and exact products with finer rows rank those.
extension QuantizedRows {
    private static let queriesAtOnce = 256
    private static let rowsAtOnce = 96
    private static let rowsPerPiece = 16416
    /// Fewer queries pass over the rows one by one.
    private static let fewestForTiles = 4

    /// How many candidates are scored exactly for the best `k`: a quarter more, and 32 for short lists.
    ///
    /// Measured on a million vectors of random numbers and of real texts: 1.25 k hold all but one in 10,000 of the best 100.
    package static func candidateCount(_ k: Int) -> Int { k > 0 ? k + k / 4 + 32 : 0 }

    /// The best `k` of each query's candidates by the exact products with `rows`, best first.
    ///
    /// The candidates are the `candidateCount(k)` rows with the highest products of bytes; equal products stand in the order of `before` in
    /// both steps. The scores have the bits that `NearestRows.scores` gives; nothing depends on the queries beside and the number of threads.
    /// Complexity: O(queries · rows · columns) on bytes, memory O(queries · k).
    package func search(
        _ queries: MatrixWindow, rescoring rows: StoredRows, k: Int, threads: Int, kernels: VectorKernels = .best,
        before: @escaping @Sendable (Int, Int) -> Bool = { $0 < $1 }
    ) -> [[NearestRows.Hit]] {
        precondition(rows.rows == self.rows && rows.columns == columns, "the finer rows are others")
        let k = min(k, self.rows)
        let candidates = candidates(
            queries, count: Self.candidateCount(k), threads: threads, kernels: kernels, before: before)
        return FixedParallel.map(queries.rows, threads: threads) { query in
            let chosen = candidates[query]
            let scores = NearestRows.scores(of: chosen, in: rows, for: queries.row(query), kernels: kernels)
            var best = BestRows(k: k)
            for (row, score) in zip(chosen, scores) { best.offer(.init(score: score, row: row), before) }
            return best.sorted(before).map { NearestRows.Hit(row: Int($0.row), score: $0.score) }
        }
    }

    /// The `count` rows of each query with the highest products of bytes, in ascending order; equal products in the order of `before`.
    ///
    /// The queries are quantized as rows are. Integer sums: the same on any processor and any number of threads.
    package func candidates(
        _ queries: MatrixWindow, count k: Int, threads: Int, kernels: VectorKernels = .best,
        before: @escaping @Sendable (Int, Int) -> Bool = { $0 < $1 }
    ) -> [[Int32]] {
        precondition(queries.columns == columns && k >= 0, "the vectors have different lengths")
        precondition(rows <= Int(Int32.max), "there are too many rows for one search")
        let k = min(k, rows)
        let quantized = Self.quantize(queries).bytes
        let groups = (queries.rows + Self.queriesAtOnce - 1) / Self.queriesAtOnce
        let pieces = (rows + Self.rowsPerPiece - 1) / Self.rowsPerPiece
        let asked = (0..<groups).map { group in
            let first = group * Self.queriesAtOnce
            return first..<min(first + Self.queriesAtOnce, queries.rows)
        }
        let packed = asked.map { $0.count < Self.fewestForTiles ? [] : pack(quantized, $0) }
        let results = asked.map { SharedBestRows(count: $0.count, k: k) }
        FixedParallel.forEach(groups * pieces, threads: threads) { task in
            let (group, piece) = (task / pieces, task % pieces)
            let range = (piece * Self.rowsPerPiece)..<min((piece + 1) * Self.rowsPerPiece, rows)
            let shared = results[group]
            let thresholds = shared.thresholds()
            let found =
                packed[group].isEmpty
                ? scan(quantized, asked[group], range, k, thresholds, kernels, before)
                : scan(packed[group], range, k, thresholds, kernels, before)
            shared.merge(found, before)
        }
        return results.flatMap { $0.rows(before) }
    }

    private func pack(_ queries: [Int8], _ asked: Range<Int>) -> [UInt8] {
        let size = (asked.count + 15) / 16 * ((columns + 3) / 4) * 64
        return [UInt8](unsafeUninitializedCapacity: size) { target, count in
            queries.withUnsafeBufferPointer { values in
                guard let from = values.baseAddress, let to = target.baseAddress else { return }
                ck_quantized_pack(from + asked.lowerBound * columns, asked.count, columns, to)
            }
            count = size
        }
    }

    /// Queries one by one.
    private func scan(
        _ queries: [Int8], _ asked: Range<Int>, _ range: Range<Int>, _ k: Int, _ shared: [Float],
        _ kernels: VectorKernels, _ before: (Int, Int) -> Bool
    ) -> [BestRows] {
        var best = [BestRows](repeating: BestRows(k: k), count: asked.count)
        withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.rowsAtOnce) { scores in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.rowsAtOnce) { places in
                queries.withUnsafeBufferPointer { queries in
                    scales.withUnsafeBufferPointer { scales in
                        guard let from = queries.baseAddress, let scale = scales.baseAddress,
                            let out = scores.baseAddress, let passed = places.baseAddress
                        else { return }
                        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.rowsAtOnce) {
                            let count = min(Self.rowsAtOnce, range.upperBound - start)
                            for query in 0..<asked.count {
                                ck_quantized_scores(
                                    kernels.level, from + (asked.lowerBound + query) * columns, columns,
                                    base + start * columns, count, scale + start, out)
                                let threshold = max(best[query].threshold, shared[query])
                                for index in 0..<ck_at_least(kernels.level, out, count, threshold, passed) {
                                    let place = Int(passed[index])
                                    best[query].offer(
                                        .init(score: out[place], row: Int32(truncatingIfNeeded: start + place)), before)
                                }
                            }
                        }
                    }
                }
            }
        }
        return best
    }

    /// Queries in tiles of 16.
    private func scan(
        _ packed: [UInt8], _ range: Range<Int>, _ k: Int, _ shared: [Float], _ kernels: VectorKernels,
        _ before: (Int, Int) -> Bool
    ) -> [BestRows] {
        var best = [BestRows](repeating: BestRows(k: k), count: shared.count)
        let groups = (shared.count + 15) / 16
        // No score is at least infinity: the lanes without a query stay silent.
        var thresholds = shared + [Float](repeating: .infinity, count: groups * 16 - shared.count)
        withUnsafeTemporaryAllocation(of: ck_passed_row.self, capacity: groups * 16 * Self.rowsAtOnce) { passed in
            packed.withUnsafeBufferPointer { queries in
                scales.withUnsafeBufferPointer { scales in
                    guard let from = queries.baseAddress, let scale = scales.baseAddress, let out = passed.baseAddress
                    else { return }
                    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.rowsAtOnce) {
                        let count = min(Self.rowsAtOnce, range.upperBound - start)
                        let found = ck_quantized_scan(
                            kernels.level, from, groups, columns, base + start * columns, count, scale + start,
                            &thresholds, out)
                        for index in 0..<found {
                            let hit = out[index]
                            let query = Int(hit.query)
                            guard hit.score >= thresholds[query] else { continue }
                            best[query].offer(
                                .init(score: hit.score, row: hit.row + Int32(truncatingIfNeeded: start)), before)
                            thresholds[query] = max(best[query].threshold, shared[query])
                        }
                    }
                }
            }
        }
        return best
    }
}

extension MatrixWindow {
    /// One row, which must exist.
    func row(_ index: Int) -> MatrixWindow {
        precondition(index >= 0 && index < rows, "no such row")
        return MatrixWindow(
            storage: storage, offset: offset + index * stride, stride: stride, rows: 1, columns: columns)
    }
}
