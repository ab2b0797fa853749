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
                let found = NearestRows.search(queries.window, in: rows.window, k: k, threads: threads) {
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
        #expect(NearestRows.search(query.window, in: rows.window, k: 3, threads: 2).map(\.count) == [0])
        #expect(NearestRows.search(query.window, in: query.window, k: 0, threads: 2).map(\.count) == [0])
        #expect(NearestRows.search(rows.window, in: query.window, k: 3, threads: 2).isEmpty)
    }

    @Test("At every instruction level the rows found are those with the best products of that level.")
    func levels() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let rows = Matrix.random(rows: 700, columns: 37, using: &generator)
        let queries = Matrix.random(rows: 20, columns: 37, using: &generator)
        for asked in [queries.window, queries.window(rows: 0..<2)] {
            for level in VectorKernelsTests.levels {
                let kernels = try #require(VectorKernels(level: level))
                let found = NearestRows.search(asked, in: rows.window, k: 15, threads: 2, kernels: kernels)
                for query in found.indices {
                    let scores = NearestRows.scores(
                        of: Array(0..<700), in: rows.window, for: queries.window(rows: query..<(query + 1)),
                        kernels: kernels)
                    let best = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(15)
                    #expect(found[query].map(\.row) == Array(best), "seed \(seed), \(level), query \(query)")
                    #expect(found[query].map(\.score) == best.map { scores[$0] }, "seed \(seed), \(level)")
                }
            }
        }
    }
}
