import DecoyTestSupport
import NumericKernels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("Vector kernels")
struct VectorKernelsTests {
    static let levels = VectorKernels.Level.allCases.filter { VectorKernels(level: $0) != nil }
    static let lengths = [1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 64, 100, 257]

    @Test("Inner products of every level equal those in double precision.", arguments: levels)
    func dots(_ level: VectorKernels.Level) throws {
        let kernels = try #require(VectorKernels(level: level))
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for length in Self.lengths {
            let queries = Matrix.random(rows: 5, columns: length, using: &generator)
            let rows = Matrix.random(rows: 11, columns: length, using: &generator)
            var scores = Matrix(rows: 0, columns: 0)
            kernels.dots(queries.window, rows.window, into: &scores)
            for query in 0..<5 {
                for row in 0..<11 {
                    let products = zip(queries.row(query), rows.row(row)).map { Double($0) * Double($1) }
                    // The bound of any order of summation: n roundings of at most the sum of the magnitudes each.
                    let bound = Double(length + 1) * 0x1p-24 * products.reduce(0) { $0 + abs($1) }
                    let error = abs(Double(scores[query, row]) - products.reduce(0, +))
                    #expect(error <= bound, "seed \(seed), length \(length)")
                }
            }
        }
    }

    @Test("An inner product has the same bits alone and in every block.", arguments: levels)
    func canonicalDots(_ level: VectorKernels.Level) throws {
        let kernels = try #require(VectorKernels(level: level))
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for length in [5, 16, 48, 50] {
            let queries = Matrix.random(rows: 13, columns: length, using: &generator)
            let rows = Matrix.random(rows: 13, columns: length, using: &generator)
            var all = Matrix(rows: 0, columns: 0)
            kernels.dots(queries.window, rows.window, into: &all)
            for query in 0..<13 {
                for row in 0..<13 {
                    var one = Matrix(rows: 0, columns: 0)
                    kernels.dots(queries.window(rows: query..<13), rows.window(rows: row..<(row + 1)), into: &one)
                    #expect(one[0, 0] == all[query, row], "seed \(seed), length \(length)")
                    let single = queries.withRow(query) { a in rows.withRow(row) { b in kernels.dot(a, b) } }
                    #expect(single == all[query, row], "seed \(seed), length \(length)")
                }
            }
        }
    }

    @Test("axpy and scale of every level equal the plain loops.", arguments: levels)
    func axpyAndScale(_ level: VectorKernels.Level) throws {
        let kernels = try #require(VectorKernels(level: level))
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for length in Self.lengths {
            let x = Matrix.random(rows: 1, columns: length, using: &generator)
            var y = Matrix.random(rows: 1, columns: length, using: &generator)
            let before = y.row(0)
            x.withRow(0) { source in y.withMutableRow(0) { kernels.axpy(0.25, source, &$0) } }
            y.withMutableRow(0) { kernels.scale(3, &$0) }
            for column in 0..<length {
                let wanted = 3 * (Double(before[column]) + 0.25 * Double(x[0, column]))
                #expect(abs(Double(y[0, column]) - wanted) < 1e-6, "seed \(seed), length \(length)")
            }
        }
    }

    @Test(
        "Softmax cross-entropy of every level equals the formula in double precision; masked scores get no gradient.",
        arguments: levels)
    func crossEntropy(_ level: VectorKernels.Level) throws {
        let kernels = try #require(VectorKernels(level: level))
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for length in Self.lengths {
            var scores = Matrix.random(rows: 1, columns: length, using: &generator)
            let target = Int.random(in: 0..<length, using: &generator)
            for column in 0..<length where column != target && Int.random(in: 0..<4, using: &generator) == 0 {
                scores[0, column] = -.infinity
            }
            let before = scores.row(0).map(Double.init)
            let total = before.reduce(0) { $0 + exp(20 * $1) }
            let loss = scores.withMutableRow(0) { kernels.crossEntropy(&$0, target: target, scale: 20, weight: 0.125) }
            #expect(abs(Double(loss) - (log(total) - 20 * before[target])) < 1e-4, "seed \(seed), length \(length)")
            for column in 0..<length {
                let probability = exp(20 * before[column]) / total
                let wanted = 0.125 * 20 * (probability - (column == target ? 1 : 0))
                #expect(abs(Double(scores[0, column]) - wanted) < 1e-5, "seed \(seed), length \(length)")
                if before[column] == -.infinity { #expect(scores[0, column] == 0) }
            }
        }
    }

    @Test("An Adam step of every level equals the formula in double precision.", arguments: levels)
    func adam(_ level: VectorKernels.Level) throws {
        let kernels = try #require(VectorKernels(level: level))
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for length in Self.lengths {
            let g = Matrix.random(rows: 1, columns: length, using: &generator)
            var w = Matrix.random(rows: 1, columns: length, using: &generator)
            var m = Matrix.random(rows: 1, columns: length, using: &generator)
            var v = Matrix(columns: length, values: g.row(0).map { abs($0) + 0.1 })
            let (oldW, oldM, oldV) = (w.row(0), m.row(0), v.row(0))
            let decay = length.isMultiple(of: 2) ? 0.5 : 0
            let step = AdamStep(number: 3, rate: 0.1, decay: decay)
            g.withRow(0) { gradient in
                w.withMutableRow(0) { weights in
                    m.withMutableRow(0) { first in
                        v.withMutableRow(0) { second in
                            step.apply(
                                gradient: gradient, weights: &weights, firstMoment: &first, secondMoment: &second,
                                kernels: kernels)
                        }
                    }
                }
            }
            for column in 0..<length {
                let x = Double(g[0, column])
                let first = 0.9 * Double(oldM[column]) + 0.1 * x
                let second = 0.999 * Double(oldV[column]) + 0.001 * x * x
                let root = (second / (1 - pow(0.999, 3))).squareRoot() + 1e-8
                let wanted = (1 - 0.1 * decay) * Double(oldW[column]) - 0.1 * first / (1 - pow(0.9, 3)) / root
                #expect(abs(Double(w[0, column]) - wanted) < 1e-5, "seed \(seed), length \(length)")
                #expect(abs(Double(m[0, column]) - first) < 1e-6 && abs(Double(v[0, column]) - second) < 1e-6)
            }
        }
    }

    @Test("An Adagrad step of every level equals the formula in double precision.", arguments: levels)
    func adagrad(_ level: VectorKernels.Level) throws {
        let kernels = try #require(VectorKernels(level: level))
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for length in Self.lengths {
            let g = Matrix.random(rows: 1, columns: length, using: &generator)
            var w = Matrix.random(rows: 1, columns: length, using: &generator)
            var s = Matrix(columns: length, values: g.row(0).map { abs($0) + 0.1 })
            let (oldW, oldS) = (w.row(0), s.row(0))
            g.withRow(0) { gradient in
                w.withMutableRow(0) { weights in
                    s.withMutableRow(0) { sums in
                        OptimizerStep.adagrad(
                            rate: 0.1, gradient: gradient, weights: &weights, sums: &sums, kernels: kernels)
                    }
                }
            }
            for column in 0..<length {
                let x = Double(g[0, column])
                let sum = Double(oldS[column]) + x * x
                let wanted = Double(oldW[column]) - 0.1 * x / (sum.squareRoot() + 1e-10)
                #expect(abs(Double(w[0, column]) - wanted) < 1e-6, "seed \(seed), length \(length)")
                #expect(abs(Double(s[0, column]) - sum) < 1e-6, "seed \(seed), length \(length)")
            }
        }
    }

    @Test("Scores far below the best one neither overflow nor become anything but 0.", arguments: levels)
    func extremeScores(_ level: VectorKernels.Level) throws {
        let kernels = try #require(VectorKernels(level: level))
        var scores = Matrix(columns: 20, values: [1000] + [Float](repeating: -1000, count: 19))
        let loss = scores.withMutableRow(0) { kernels.crossEntropy(&$0, target: 0, scale: 50, weight: 1) }
        #expect(loss == 0)
        #expect(scores.values.allSatisfy { $0 == 0 })
    }

    @Test("Levels with fused multiply-add give the same bits.")
    func sameBits() throws {
        guard let v3 = VectorKernels(level: .v3), let v4 = VectorKernels(level: .v4) else { return }
        var generator = SeededGenerator(seed: 9)
        let a = Matrix.random(rows: 5, columns: 83, using: &generator)
        var first = Matrix(rows: 0, columns: 0)
        var second = Matrix(rows: 0, columns: 0)
        v3.dots(a.window, a.window, into: &first)
        v4.dots(a.window, a.window, into: &second)
        #expect(first.values == second.values)
    }
}
