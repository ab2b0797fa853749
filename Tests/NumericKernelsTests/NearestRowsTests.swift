import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Nearest rows")
struct NearestRowsTests {
    @Test("Exact search equals sorting all products, with ties in the given order, on any number of threads.")
    func equalsNaive() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (rowCount, k) in [(1, 3), (40, 1), (300, 10), (300, 400), (20_000, 7)] {
            let columns = rowCount > 1000 ? 2 : 9
            var rows = Matrix.random(rows: rowCount, columns: columns, using: &generator)
            // Coarse values make ties.
            for row in 0..<min(rowCount, 300) {
                for column in 0..<columns { rows[row, column] = (rows[row, column] * 2).rounded() / 2 }
            }
            var queries = Matrix.random(rows: rowCount > 1000 ? 2 : 35, columns: columns, using: &generator)
            for column in 0..<columns { queries[0, column] = 0.5 }
            var scores = Matrix(rows: 0, columns: 0)
            VectorKernels.best.dots(queries.window, rows.window, into: &scores)
            for threads in [1, 3] {
                let found = NearestRows.search(queries.window, in: .f32(rows.window), k: k, threads: threads) {
                    $0 > $1
                }
                for query in 0..<queries.rows {
                    let line = scores.row(query)
                    let wanted = line.indices.sorted { line[$0] != line[$1] ? line[$0] > line[$1] : $0 > $1 }.prefix(k)
                    #expect(found[query].map(\.row) == Array(wanted), "seed \(seed), \(rowCount) rows, k \(k)")
                    #expect(found[query].map(\.score) == wanted.map { line[$0] }, "seed \(seed)")
                }
            }
        }
    }

    @Test("Asking for nothing, or of nothing, gives nothing.")
    func empty() {
        let rows = Matrix(rows: 0, columns: 4)
        let query = Matrix(rows: 1, columns: 4)
        #expect(NearestRows.search(query.window, in: .f32(rows.window), k: 3, threads: 2).map(\.count) == [0])
        #expect(NearestRows.search(query.window, in: .f32(query.window), k: 0, threads: 2).map(\.count) == [0])
        #expect(NearestRows.search(rows.window, in: .f32(query.window), k: 3, threads: 2).isEmpty)
    }
}

@Suite("Stored rows")
struct StoredRowsTests {
    private final class Bytes: Sendable {
        let start: Int
        let count: Int
        init(_ values: [some BitwiseCopyable]) {
            count = values.withUnsafeBytes { $0.count }
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 64)
            values.withUnsafeBytes { memory.copyMemory(from: $0) }
            start = Int(bitPattern: memory.baseAddress)
        }
        var buffer: UnsafeRawBufferPointer { .init(start: UnsafeRawPointer(bitPattern: start), count: count) }
        deinit { UnsafeMutableRawPointer(bitPattern: start)?.deallocate() }
    }

    @Test(
        "16-bit floats are rounded and read the same at every level, and searching them equals searching their values.")
    func half() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        var rows = Matrix.random(rows: 300, columns: 19, using: &generator)
        let special: [Float] = [0, -0, 1e-8, 6e-8, 3e-5, -6.1e-5, 65504, 65520, 1e9, -.infinity, 2.9802322e-8]
        for (column, value) in special.enumerated() { rows[0, column] = value }
        let plain = try #require(VectorKernels(level: .plain))
        let wanted = HalfMatrix.bits(of: rows, kernels: plain)
        for level in VectorKernelsTests.levels {
            let kernels = try #require(VectorKernels(level: level))
            #expect(HalfMatrix.bits(of: rows, kernels: kernels) == wanted, "seed \(seed), \(level)")
        }
        let bytes = Bytes(wanted)
        let half = try #require(HalfMatrix(rows: 300, columns: 19, littleEndian: bytes.buffer, owner: bytes))
        let values = StoredRows.f16(half).matrix(0..<300)
        #expect(values.row(0).prefix(4) == [0, 0, 0, 5.9604645e-8])
        #expect(Array(values.row(0)[6...9]) == [65504, .infinity, .infinity, -.infinity])
        for row in 1..<300 {
            for column in 0..<19 {
                #expect(abs(values[row, column] - rows[row, column]) <= 0x1p-12 + 1e-7, "seed \(seed)")
            }
        }
        var finite = wanted
        for column in 0..<19 { finite[column] = 0 }
        let tame = Bytes(finite)
        let stored = StoredRows.f16(
            try #require(HalfMatrix(rows: 300, columns: 19, littleEndian: tame.buffer, owner: tame)))
        let queries = Matrix.random(rows: 20, columns: 19, using: &generator)
        let direct = NearestRows.search(queries.window, in: .f32(stored.matrix(0..<300).window), k: 9, threads: 1)
        #expect(NearestRows.search(queries.window, in: stored, k: 9, threads: 3) == direct, "seed \(seed)")
        let one = NearestRows.search(queries.window(rows: 3..<4), in: stored, k: 9, threads: 2)
        #expect(one[0] == direct[3], "seed \(seed)")
    }

    @Test("Products of bytes find what plain integers find, at every level and number of queries and threads.")
    func bytes() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (rowCount, columns, queryCount) in [(1, 1, 1), (37, 5, 3), (100, 64, 20), (205, 67, 70)] {
            let rows = Matrix.random(rows: rowCount, columns: columns, using: &generator)
            let queries = Matrix.random(rows: queryCount, columns: columns, using: &generator)
            let (values, scales) = QuantizedRows.quantize(rows.window)
            for row in 0..<rowCount {
                for column in 0..<columns {
                    let back = Float(values[row * columns + column]) * scales[row]
                    #expect(abs(back - rows[row, column]) <= 0.501 * scales[row] + 1e-7, "seed \(seed)")
                }
            }
            let asked = QuantizedRows.quantize(queries.window).bytes
            let memory = Bytes(values)
            let index = QuantizedRows(columns: columns, bytes: memory.buffer, scales: scales, owner: memory)
            let wanted = (0..<queryCount).map { query in
                let scores = (0..<rowCount).map { row in
                    let sum = (0..<columns).reduce(0) {
                        $0 + Int(asked[query * columns + $1]) * Int(values[row * columns + $1])
                    }
                    return Float(sum) * scales[row]
                }
                return Array(
                    (0..<rowCount).sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }.prefix(9))
            }
            for level in VectorKernelsTests.levels {
                let kernels = try #require(VectorKernels(level: level))
                for threads in [1, 3] {
                    let found = index.candidates(queries.window, k: 9, threads: threads, kernels: kernels)
                    #expect(found.map { $0.map(Int.init) } == wanted, "seed \(seed), \(level), \(columns) columns")
                }
            }
        }
    }
}
