import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Products of a linear layer")
struct LinearProductTests {
    enum Pass: CaseIterable { case forward, inputGradient, weightGradient }

    @Test(
        "Every pass in every type equals the product in double precision, whatever the threads.",
        arguments: Pass.allCases, [false, true])
    func equalsNaive(_ pass: Pass, _ isHalf: Bool) {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (m, n, k) in [(70, 9, 33), (1, 1, 1), (5, 40, 16)] {
            let a = Matrix.random(
                rows: pass == .weightGradient ? k : m, columns: pass == .weightGradient ? m : k, using: &generator)
            let b = Matrix.random(rows: pass == .forward ? n : k, columns: pass == .forward ? k : n, using: &generator)
            let bias = Matrix.random(rows: 1, columns: n, using: &generator).values
            let left = BFloat16Matrix(a)
            let right = BFloat16Matrix(b)
            let factors = isHalf ? LinearProduct.Factors.bfloat16(left, right) : .float32(a, b)
            var wanted: [Float] = []
            for row in 0..<m {
                for column in 0..<n {
                    var sum = pass == .forward ? Double(bias[column]) : 0
                    for inner in 0..<k {
                        let (x, y) = pass == .weightGradient ? (inner, row) : (row, inner)
                        let (z, w) = pass == .forward ? (column, inner) : (inner, column)
                        sum += Double(isHalf ? left[x, y] : a[x, y]) * Double(isHalf ? right[z, w] : b[z, w])
                    }
                    wanted.append(Float(pass == .forward ? GELUTests.naive(sum, .erf) : 2 * sum))
                }
            }
            let results = [(ProductEngine.platform, 1), (.platform, 3), (.reference, 2)].map { engine, threads in
                var c = Matrix(rows: 0, columns: 0)
                for accumulate in pass == .forward ? [false] : [false, true] {
                    switch pass {
                    case .forward:
                        LinearProduct.forward(
                            factors, bias: bias, activation: .erf, into: &c, threads: threads, engine: engine)
                    case .inputGradient:
                        LinearProduct.inputGradient(
                            factors, into: &c, accumulate: accumulate, threads: threads, engine: engine)
                    case .weightGradient:
                        LinearProduct.weightGradient(
                            factors, into: &c, accumulate: accumulate, threads: threads, engine: engine)
                    }
                }
                expectClose(c.values, wanted, 1e-5, "seed \(seed), \(m) x \(n) x \(k), \(engine)")
                return c.values
            }
            #expect(results[0] == results[1])
        }
    }

    @Test("A row of the forward pass has the same bits alone and beside any others.", arguments: [false, true])
    func rowsAreIndependent(_ isHalf: Bool) {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (n, k) in [(48, 40), (130, 100)] {
            let a = Matrix.random(rows: 230, columns: k, using: &generator)
            let b = Matrix.random(rows: n, columns: k, using: &generator)
            let bias = Matrix.random(rows: 1, columns: n, using: &generator).values
            func product(_ range: Range<Int>, threads: Int) -> [Float] {
                let part = Matrix(columns: k, values: range.flatMap { a.row($0) })
                var c = Matrix(rows: 0, columns: 0)
                let factors =
                    isHalf ? .bfloat16(BFloat16Matrix(part), BFloat16Matrix(b)) : LinearProduct.Factors.float32(part, b)
                LinearProduct.forward(factors, bias: bias, activation: .tanh, into: &c, threads: threads)
                return c.values
            }
            let all = product(0..<230, threads: 2)
            for count in [1, 2, 5, 16, 31, 64, 100, 193] {
                let start = Int.random(in: 0...(230 - count), using: &generator)
                let part = product(start..<(start + count), threads: 1)
                #expect(
                    part == Array(all[(start * n)..<((start + count) * n)]),
                    "seed \(seed), \(count) rows of \(n) x \(k)")
            }
        }
    }

    @Test("Values and gradients are PyTorch's.")
    func golden() throws {
        let golden = try GoldenCase.named("linear")
        let (x, w, g) = (golden.inputs[0].matrix, golden.inputs[1].matrix, golden.gradient.matrix)
        var c = Matrix(rows: 0, columns: 0)
        LinearProduct.forward(.float32(x, w), bias: golden.inputs[2].values, into: &c)
        expectClose(c.values, golden.output.values, 5e-6)
        LinearProduct.inputGradient(.float32(g, w), into: &c)
        expectClose(c.values, golden.gradients[0].values, 5e-6)
        LinearProduct.weightGradient(.float32(g, x), into: &c)
        expectClose(c.values, golden.gradients[1].values, 5e-6)
        var sums = [Float](repeating: 0, count: 6)
        ColumnSums.add(g, to: &sums)
        expectClose(sums, golden.gradients[2].values)
    }

    @Test("Rounding to bfloat16 goes to the nearest, ties to even; infinities and NaN stay what they are.")
    func rounding() {
        let cases: [(UInt32, UInt16)] = [
            (0x3F80_0000, 0x3F80), (0x3F80_7FFF, 0x3F80), (0x3F80_8000, 0x3F80), (0x3F81_8000, 0x3F82),
            (0x3F80_8001, 0x3F81), (0xBF81_8000, 0xBF82), (0x7F80_0000, 0x7F80), (0x7F7F_FFFF, 0x7F80),
        ]
        for (bits, wanted) in cases { #expect(BFloat16Matrix.round(Float(bitPattern: bits)) == wanted) }
        #expect(Float(bitPattern: UInt32(BFloat16Matrix.round(Float(bitPattern: 0x7F80_0001))) << 16).isNaN)
    }
}
