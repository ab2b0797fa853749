import CKernels

/// Rows of signed bytes with a scale each, for a first look that reads a quarter of the memory.
///
/// A row r is stored as round(r / scale), scale = max |rᵢ| / 127: symmetric, so that a product needs no correction terms.
package struct QuantizedRows: @unchecked Sendable {
    /// The longest rows, so that no sum of products leaves 32 bits.
    package static let mostColumns = 65536

    private let base: UnsafePointer<Int8>
    private let owner: any AnyObject & Sendable
    private let scales: [Float]
    /// The number of rows.
    package var rows: Int { scales.count }
    /// The number of columns.
    package let columns: Int

    private static let queriesAtOnce = 256
    private static let rowsAtOnce = 96
    private static let rowsPerPiece = 16416

    /// Rows over bytes that `owner` keeps alive, as many as there are scales.
    package init(columns: Int, bytes: UnsafeRawBufferPointer, scales: [Float], owner: any AnyObject & Sendable) {
        precondition(columns > 0 && columns <= Self.mostColumns, "rows of bytes have 1 to \(Self.mostColumns) columns")
        precondition(bytes.count == scales.count * columns, "the bytes must hold exactly the rows and columns")
        base = bytes.baseAddress?.assumingMemoryBound(to: Int8.self) ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
        self.owner = owner
        self.scales = scales
        self.columns = columns
    }

    /// A matrix's rows as bytes, row by row, and their scales; a row of zeros has the scale 0.
    package static func quantize(_ matrix: MatrixWindow) -> (bytes: [Int8], scales: [Float]) {
        var bytes: [Int8] = []
        bytes.reserveCapacity(matrix.rows * matrix.columns)
        var scales: [Float] = []
        for row in 0..<matrix.rows {
            let values = UnsafeBufferPointer(start: matrix.base + row * matrix.stride, count: matrix.columns)
            let largest = values.reduce(0) { max($0, abs($1)) }
            let inverse = largest > 0 ? 127 / largest : 0
            guard inverse.isFinite, largest.isFinite else {
                bytes.append(contentsOf: repeatElement(0, count: matrix.columns))
                scales.append(0)
                continue
            }
            for value in values {
                bytes.append(Int8(max(-127, min(127, (value * inverse).rounded(.toNearestOrEven)))))
            }
            scales.append(largest / 127)
        }
        return (bytes, scales)
    }

    /// The `k` rows of each query with the highest products of bytes, in no order that matters; ties are broken by `before`.
    ///
    /// The queries are quantized as rows are. Integer sums: the same on any processor and any number of threads.
    package func candidates(
        _ queries: MatrixWindow, k: Int, threads: Int, kernels: VectorKernels = .best,
        before: @escaping @Sendable (Int, Int) -> Bool = { $0 < $1 }
    ) -> [[Int32]] {
        precondition(queries.columns == columns && k >= 0, "the vectors have different lengths")
        precondition(rows <= Int(Int32.max), "there are too many rows for one search")
        let quantized = Self.quantize(queries).bytes
        let groups = (queries.rows + Self.queriesAtOnce - 1) / Self.queriesAtOnce
        let pieces = (rows + Self.rowsPerPiece - 1) / Self.rowsPerPiece
        let packed = (0..<groups).map { group in
            let first = group * Self.queriesAtOnce
            return pack(quantized, first..<min(first + Self.queriesAtOnce, queries.rows))
        }
        let results = (0..<groups).map { group in
            SharedHeaps(count: min(Self.queriesAtOnce, queries.rows - group * Self.queriesAtOnce), k: k)
        }
        FixedParallel.forEach(groups * pieces, threads: threads) { task in
            let (group, piece) = (task / pieces, task % pieces)
            let range = (piece * Self.rowsPerPiece)..<min((piece + 1) * Self.rowsPerPiece, rows)
            let shared = results[group]
            shared.merge(scan(packed[group], range, k, shared.thresholds(), kernels, before), before)
        }
        return results.flatMap { $0.sorted(before).map { $0.map(\.row) } }
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

    private func scan(
        _ packed: [UInt8], _ range: Range<Int>, _ k: Int, _ shared: [Float], _ kernels: VectorKernels,
        _ before: (Int, Int) -> Bool
    ) -> [BoundedHeap] {
        var heaps = [BoundedHeap](repeating: BoundedHeap(k: k), count: shared.count)
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
                            heaps[query].offer(
                                .init(score: hit.score, row: hit.row + Int32(truncatingIfNeeded: start)), before)
                            thresholds[query] = max(heaps[query].threshold, shared[query])
                        }
                    }
                }
            }
        }
        return heaps
    }
}
