import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Nearest graph")
struct NearestGraphTests {
    /// Rows of length 1 around a few centres.
    private func clustered(rows: Int, columns: Int, using generator: inout SeededGenerator) -> Matrix {
        let centres = Matrix.random(rows: max(1, rows / 50), columns: columns, using: &generator)
        var matrix = Matrix.random(rows: rows, columns: columns, using: &generator)
        for row in 0..<rows {
            let centre = Int.random(in: 0..<centres.rows, using: &generator)
            for column in 0..<columns { matrix[row, column] = centres[centre, column] + 0.5 * matrix[row, column] }
        }
        var norms: [Float] = []
        RowNormalization.normalize(&matrix, norms: &norms, threads: 1)
        return matrix
    }

    private func graph(of rows: StoredRows, links: Int, breadth: Int) throws -> NearestGraph {
        let lists = try #require(NearestGraph.build(rows, links: links, breadth: breadth))
        return try #require(NearestGraph(lists, links: links))
    }

    @Test("The graph finds nearly all of what exact search finds, with the same bits of the scores, in 32 and 16 bits.")
    func recall() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let matrix = clustered(rows: 1200, columns: 24, using: &generator)
        let queries = clustered(rows: 40, columns: 24, using: &generator)
        let half = StoredRows.f16(HalfMatrix(rows: 1200, columns: 24, bits: HalfMatrix.bits(of: matrix)))
        for rows in [StoredRows.f32(matrix.window), half] {
            let graph = try graph(of: rows, links: 8, breadth: 60)
            let wanted = NearestRows.search(queries.window, in: rows, k: 10, threads: 1)
            let found = graph.search(queries.window, in: rows, k: 10, breadth: 200, threads: 1)
            let again = graph.search(queries.window, in: rows, k: 10, breadth: 200, threads: 3)
            #expect(again == found)
            var common = 0
            for (query, hits) in found.enumerated() {
                #expect(hits.count == 10)
                #expect(Set(hits).count == 10)
                common += Set(hits).intersection(wanted[query]).count
                let scores = NearestRows.scores(
                    of: hits.map { Int32($0.row) }, in: rows,
                    for: queries.window(rows: query..<(query + 1)))
                #expect(scores == hits.map(\.score), "seed \(seed)")
                #expect(hits.map(\.score) == hits.map(\.score).sorted(by: >), "seed \(seed)")
            }
            #expect(Double(common) / 400 >= 0.9, "seed \(seed)")
        }
    }

    @Test("The same rows give the same graph, and every row is told of on the way.")
    func deterministic() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let rows = StoredRows.f32(clustered(rows: 1100, columns: 8, using: &generator).window)
        var steps: [Int] = []
        let first = NearestGraph.build(rows, links: 4, breadth: 20) { steps.append($0) }
        let second = NearestGraph.build(rows, links: 4, breadth: 20)
        #expect(second == first, "seed \(seed)")
        #expect(steps == [1024, 1100])
        #expect(first?.base.count == 1100 * 8)
        #expect(first?.starts.count == 1101)
    }

    @Test("A search that sees all rows equals exact search, ties in the given order, also for more than there are.")
    func all() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for count in [0, 1, 2, 30] {
            let matrix = Matrix.random(rows: count, columns: 5, using: &generator)
            let rows = StoredRows.f32(matrix.window)
            let queries = Matrix.random(rows: 3, columns: 5, using: &generator)
            let graph = try graph(of: rows, links: 4, breadth: 40)
            for k in [0, 1, 100] {
                let found = graph.search(queries.window, in: rows, k: k, breadth: 1000, threads: 2) { $0 > $1 }
                let wanted = NearestRows.search(queries.window, in: rows, k: k, threads: 1) { $0 > $1 }
                #expect(found == wanted, "seed \(seed), \(count) rows, k \(k)")
            }
        }
    }

    @Test("Rows that are all the same are found in the given order, whatever the graph leads to.")
    func duplicates() throws {
        let matrix = Matrix(columns: 3, values: (0..<200).flatMap { _ in [Float(1), 0, 0] })
        let rows = StoredRows.f32(matrix.window)
        let graph = try graph(of: rows, links: 4, breadth: 20)
        let query = Matrix(columns: 3, values: [1, 0, 0])
        let found = graph.search(query.window, in: rows, k: 200, breadth: 200, threads: 1) { $0 > $1 }
        #expect(found[0].map(\.row) == Array((0..<200).reversed()))
        #expect(graph.search(query.window, in: rows, k: 5, breadth: 5, threads: 1)[0].map(\.score) == [1, 1, 1, 1, 1])
    }

    @Test("A graph with a start, a link or an entry that cannot be is none.")
    func invalid() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let rows = StoredRows.f32(clustered(rows: 300, columns: 4, using: &generator).window)
        let lists = try #require(NearestGraph.build(rows, links: 3, breadth: 20))
        #expect(NearestGraph(lists, links: 3) != nil)
        try #require(!lists.upper.isEmpty)
        func isNone(_ change: (inout NearestGraph.Lists) -> Void) -> Bool {
            var changed = lists
            change(&changed)
            return NearestGraph(changed, links: 3) == nil
        }
        #expect(isNone { $0.entry = 300 })
        #expect(isNone { $0.entry = -1 })
        #expect(isNone { $0.base[0] = 300 })
        #expect(isNone { $0.base[0] = -2 })
        #expect(isNone { $0.base.removeLast() })
        #expect(isNone { $0.starts[1] = -1 })
        #expect(isNone { $0.starts[300] += 1 })
        #expect(isNone { $0.starts[5] = .max })
        #expect(isNone { $0.starts = [] })
        #expect(isNone { $0.upper[0] = 300 })
        #expect(isNone { $0.upper.removeLast() })
        let low = try #require((0..<300).first { lists.starts[$0] == lists.starts[$0 + 1] })
        #expect(isNone { $0.upper[0] = Int32(low) }, "seed \(seed)")
        #expect(NearestGraph(lists, links: 4) == nil)
        #expect(NearestGraph(lists, links: 0) == nil)
    }

    @Test("Searches in graphs of arbitrary links that pass the check stay within them.")
    func arbitrary() throws {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let matrix = Matrix.random(rows: 50, columns: 4, using: &generator)
        let rows = StoredRows.f32(matrix.window)
        var lists = try #require(NearestGraph.build(rows, links: 2, breadth: 10))
        for _ in 0..<50 {
            for place in lists.base.indices { lists.base[place] = Int32.random(in: -1..<50, using: &generator) }
            lists.entry = Int.random(in: 0..<50, using: &generator)
            let graph = try #require(NearestGraph(lists, links: 2))
            let found = graph.search(matrix.window, in: rows, k: 7, breadth: 9, threads: 1)
            #expect(found.allSatisfy { $0.count == 7 && Set($0).count == 7 }, "seed \(seed)")
        }
    }
}
