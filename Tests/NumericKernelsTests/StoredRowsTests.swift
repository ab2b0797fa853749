import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Stored rows")
struct StoredRowsTests {
    @Test("16-bit floats are rounded and read the same at every level.")
    func half() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        var rows = Matrix.random(rows: 60, columns: 19, using: &generator)
        let special: [Float] = [0, -0, 1e-8, 6e-8, 3e-5, -6.1e-5, 65504, 65520, 1e9, -.infinity, 2.9802322e-8, .nan]
        for (column, value) in special.enumerated() { rows[7, column] = value }
        let plain = try #require(VectorKernels(level: .plain))
        let wanted = HalfMatrix.bits(of: rows, kernels: plain)
        for level in VectorKernelsTests.levels {
            let kernels = try #require(VectorKernels(level: level))
            #expect(HalfMatrix.bits(of: rows, kernels: kernels) == wanted, "seed \(seed), \(level)")
        }
        let stored = StoredRows.f16(HalfMatrix(rows: 60, columns: 19, bits: wanted))
        let values = stored.row(7)
        #expect(Array(values[0...3]) == [0, 0, 0, 5.9604645e-8])
        #expect(Array(values[6...10]) == [65504, .infinity, .infinity, -.infinity, 0] && values[11].isNaN)
        for row in 0..<60 where row != 7 {
            for (kept, value) in zip(stored.row(row), rows.row(row)) {
                #expect(abs(kept - value) <= 0x1p-12 + 1e-7, "seed \(seed)")
            }
        }
        #expect(stored.firstRowNotFinite(threads: 2) == 7)
        #expect(StoredRows.f32(rows.window(rows: 0..<7)).firstRowNotFinite() == nil)
    }

    @Test("Searching 16-bit floats finds what searching their values finds, bit by bit, on any number of threads.")
    func halfSearch() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let rows = Matrix.random(rows: 700, columns: 19, using: &generator)
        let stored = StoredRows.f16(HalfMatrix(rows: 700, columns: 19, bits: HalfMatrix.bits(of: rows)))
        let queries = Matrix.random(rows: 20, columns: 19, using: &generator)
        let direct = NearestRows.search(queries.window, in: stored.matrix(0..<700).window, k: 9, threads: 1)
        for threads in [1, 3] {
            #expect(NearestRows.search(queries.window, in: stored, k: 9, threads: threads) == direct, "seed \(seed)")
        }
        let one = NearestRows.search(queries.window(rows: 3..<4), in: stored, k: 9, threads: 2)
        #expect(one[0] == direct[3], "seed \(seed)")
    }
}

@Suite("Quantized rows")
struct QuantizedRowsTests {
    /// The rows with the best products of plain integers, the greater row first where two are equal.
    private func naive(_ queries: Matrix, _ rows: Matrix, count: Int) -> [[Int]] {
        let (codes, scales) = QuantizedRows.quantize(rows.window)
        let asked = QuantizedRows.quantize(queries.window).bytes
        let columns = rows.columns
        return (0..<queries.rows).map { query in
            let scores = (0..<rows.rows).map { row in
                let sum = (0..<columns).reduce(0) {
                    $0 + Int(asked[query * columns + $1]) * Int(codes[row * columns + $1])
                }
                return Float(sum) * scales[row]
            }
            return Array(
                scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 > $1 }.prefix(count))
        }
    }

    @Test("A row becomes its values divided by its scale, rounded; what is not finite becomes zeros.")
    func quantization() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        var rows = Matrix.random(rows: 30, columns: 23, using: &generator)
        for column in 0..<23 { rows[4, column] = 0 }
        rows[5, 3] = .infinity
        rows[6, 3] = .nan
        rows[7, 0] = .leastNonzeroMagnitude
        for column in 1..<23 { rows[7, column] = 0 }
        let (codes, scales) = QuantizedRows.quantize(rows.window)
        #expect(scales[4] == 0 && scales[5] == 0 && scales[7] == 0)
        for row in 0..<30 where !(4...7).contains(row) {
            for column in 0..<23 {
                let back = Float(codes[row * 23 + column]) * scales[row]
                #expect(abs(back - rows[row, column]) <= 0.501 * scales[row], "seed \(seed)")
            }
        }
        #expect(codes.allSatisfy { $0 >= -127 })
    }

    @Test("Candidates are those of plain integers, at every level and number of queries and threads.")
    func candidates() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (rowCount, columns, queryCount) in [(1, 1, 1), (37, 5, 3), (100, 64, 20), (205, 67, 70), (250, 4, 5)] {
            var rows = Matrix.random(rows: rowCount, columns: columns, using: &generator)
            // Equal rows stand in the given order.
            for row in stride(from: 0, to: rowCount - 3, by: 3) {
                for column in 0..<columns { rows[row + 3, column] = rows[row, column] }
            }
            let queries = Matrix.random(rows: queryCount, columns: columns, using: &generator)
            let wanted = naive(queries, rows, count: 9).map { $0.sorted() }
            let index = QuantizedRows(rows.window)
            for level in VectorKernelsTests.levels {
                let kernels = try #require(VectorKernels(level: level))
                for threads in [1, 3] {
                    let found = index.candidates(queries.window, count: 9, threads: threads, kernels: kernels) {
                        $0 > $1
                    }
                    #expect(found.map { $0.map(Int.init) } == wanted, "seed \(seed), \(level), \(columns) columns")
                }
            }
        }
    }

    @Test("Bytes of any value are multiplied exactly at every level, as a file may hold them.")
    func anyBytes() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let (count, columns) = (50, 70)
        let bytes = (0..<(count * columns)).map { _ in
            [Int8.min, .min + 1, .max, Int8.random(in: .min ... .max, using: &generator)].randomElement(
                using: &generator)
                ?? 0
        }
        let owner = Bytes(bytes)
        let scales = (0..<count).map { Float($0 % 5) }
        let index = QuantizedRows(columns: columns, bytes: owner.buffer, scales: scales, owner: owner)
        let queries = Matrix.random(rows: 18, columns: columns, using: &generator)
        let asked = QuantizedRows.quantize(queries.window).bytes
        let wanted = (0..<18).map { query in
            let scores = (0..<count).map { row in
                Float(
                    (0..<columns).reduce(0) { $0 + Int(asked[query * columns + $1]) * Int(bytes[row * columns + $1]) })
                    * scales[row]
            }
            return scores.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }.prefix(9)
                .sorted()
        }
        for level in VectorKernelsTests.levels {
            let kernels = try #require(VectorKernels(level: level))
            for asked in [0..<18, 0..<2] {
                let found = index.candidates(queries.window(rows: asked), count: 9, threads: 1, kernels: kernels)
                #expect(found.map { $0.map(Int.init) } == Array(wanted[asked]), "seed \(seed), \(level)")
            }
        }
    }

    @Test("The search ranks the candidates by exact products with the finer rows.")
    func rescoring() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let rows = Matrix.random(rows: 600, columns: 8, using: &generator)
        let queries = Matrix.random(rows: 30, columns: 8, using: &generator)
        let finer = StoredRows.f16(HalfMatrix(rows: 600, columns: 8, bits: HalfMatrix.bits(of: rows)))
        let index = QuantizedRows(rows.window)
        for k in [0, 1, 7, 600, .max] {
            let candidates = naive(queries, rows, count: QuantizedRows.candidateCount(min(k, 600)))
            let found = index.search(queries.window, rescoring: finer, k: k, threads: 3) { $0 > $1 }
            for query in 0..<30 {
                let window = queries.window(rows: query..<(query + 1))
                let chosen = candidates[query].map { Int32($0) }
                let scores = NearestRows.scores(of: chosen, in: finer, for: window)
                let wanted = zip(candidates[query], scores).sorted {
                    $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 > $1.0
                }.prefix(k)
                #expect(found[query].map(\.row) == wanted.map(\.0), "seed \(seed), k \(k)")
                #expect(found[query].map(\.score) == wanted.map(\.1), "seed \(seed), k \(k)")
                let alone = index.search(window, rescoring: finer, k: k, threads: 1) { $0 > $1 }
                #expect(alone[0] == found[query], "seed \(seed), k \(k)")
            }
        }
    }
}

/// Bytes that stay where they are while the last holder lives.
private final class Bytes: Sendable {
    private let start: Int
    private let count: Int

    init(_ values: [Int8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(values.count, 1), alignment: 64)
        values.withUnsafeBytes { memory.copyMemory(from: $0) }
        start = Int(bitPattern: memory.baseAddress)
        count = values.count
    }

    var buffer: UnsafeRawBufferPointer { .init(start: UnsafeRawPointer(bitPattern: start), count: count) }

    deinit { UnsafeMutableRawPointer(bitPattern: start)?.deallocate() }
}
