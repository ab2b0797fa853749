import CKernels
import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Vector loops of a transformer's layers")
struct TransformerKernelsTests {
    /// The levels that this processor runs, each with the plain twin.
    static func tables() -> [(level: Int32, plain: ck_transformer_kernels, fast: ck_transformer_kernels)] {
        guard let plain = ck_transformer_kernels_at(0)?.pointee else { return [] }
        return (1...3).compactMap { level in
            ck_transformer_kernels_at(level).map { (level, plain, $0.pointee) }
        }
    }

    static let lengths = [1, 7, 8, 15, 16, 17, 33, 100]

    private func random(_ count: Int, _ reach: Float, _ generator: inout SeededGenerator) -> [Float] {
        (0..<count).map { _ in Float.random(in: -reach...reach, using: &generator) }
    }

    @Test("Activations and their gradients equal the plain loops at every level, also rounded to bfloat16.")
    func activations() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (level, plain, fast) in Self.tables() {
            for (count, form) in Self.lengths.flatMap({ count in (0..<3).map { (count, Int32($0)) } }) {
                let comment: Comment = "seed \(seed), level \(level), form \(form), \(count) values"
                let x = random(count, 6, &generator)
                var (wanted, values) = (x, x)
                plain.activate(form, x, &wanted, count)
                fast.activate(form, x, &values, count)
                expectClose(values, wanted, 1e-6, comment)
                var half = [UInt16](repeating: 0, count: count)
                fast.activate_half(form, x, &half, count)
                #expect(half == values.map(BFloat16Matrix.round), comment)
                wanted = random(count, 1, &generator)
                values = wanted
                plain.activate_gradient(form, x, &wanted, count)
                fast.activate_gradient(form, x, &values, count)
                expectClose(values, wanted, 2e-6, comment)
            }
        }
    }

    @Test("Softmax with and without a bias and its gradient equal the plain loops at every level.")
    func softmax() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (level, plain, fast) in Self.tables() {
            for count in Self.lengths {
                let comment: Comment = "seed \(seed), level \(level), \(count) values"
                let bias = random(count, 1, &generator)
                for hasBias in [false, true] {
                    var wanted = random(count, 3, &generator)
                    if count > 8 { wanted[3] = -.infinity }
                    var values = wanted
                    plain.softmax(&wanted, hasBias ? bias : nil, count, 0.7)
                    fast.softmax(&values, hasBias ? bias : nil, count, 0.7)
                    expectClose(values, wanted, 1e-6, comment)
                    var gradient = bias
                    var wantedGradient = bias
                    plain.softmax_gradient(wanted, &wantedGradient, count, 0.7)
                    fast.softmax_gradient(wanted, &gradient, count, 0.7)
                    expectClose(gradient, wantedGradient, 1e-6, comment)
                }
                var masked = [Float](repeating: -.infinity, count: count)
                fast.softmax(&masked, nil, count, 1)
                #expect(masked == [Float](repeating: 0, count: count), comment)
            }
        }
    }

    @Test("Layer normalization with and without a residual and its gradients equal the plain loops at every level.")
    func normalization() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (level, plain, fast) in Self.tables() {
            for count in Self.lengths {
                let comment: Comment = "seed \(seed), level \(level), \(count) values"
                let (weight, bias) = (random(count, 1, &generator), random(count, 1, &generator))
                let (x, residual) = (random(count, 2, &generator), random(count, 2, &generator))
                for hasResidual in [false, true] {
                    var (wantedSum, sum, wanted, values) = (x, x, x, x)
                    var (wantedStatistics, statistics) = (
                        [Float](repeating: 0, count: 2), [Float](repeating: 0, count: 2)
                    )
                    plain.normalize(
                        &wantedSum, hasResidual ? residual : nil, weight, bias, 1e-3, &wanted, count, &wantedStatistics)
                    fast.normalize(&sum, hasResidual ? residual : nil, weight, bias, 1e-3, &values, count, &statistics)
                    #expect(sum == wantedSum, comment)
                    expectClose(values, wanted, 4e-6, comment)
                    expectClose(statistics, wantedStatistics, 2e-6, comment)
                    var (wantedGradient, gradient) = (residual, residual)
                    var (wantedWeight, weightGradient, wantedBias, biasGradient) = (weight, weight, bias, bias)
                    plain.normalize_gradient(
                        sum, weight, &wantedGradient, &wantedWeight, &wantedBias, count, statistics[0], statistics[1])
                    fast.normalize_gradient(
                        sum, weight, &gradient, &weightGradient, &biasGradient, count, statistics[0], statistics[1])
                    expectClose(gradient, wantedGradient, 2e-5, comment)
                    expectClose(weightGradient, wantedWeight, 2e-6, comment)
                    #expect(biasGradient == wantedBias, comment)
                }
            }
        }
    }

    @Test("Addition, dropout and rounding to bfloat16 give the bits of the plain loops at every level.")
    func exact() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for (level, plain, fast) in Self.tables() {
            for count in Self.lengths {
                let comment: Comment = "seed \(seed), level \(level), \(count) values"
                var x = random(count, 100, &generator)
                if count > 7 { (x[0], x[1], x[2]) = (.nan, .infinity, Float(bitPattern: 0x3F81_8000)) }
                var half = [UInt16](repeating: 0, count: count)
                fast.to_bfloat16(x, &half, count)
                #expect(half == x.map(BFloat16Matrix.round), comment)
                var (wanted, values) = (random(count, 1, &generator), [Float]())
                values = wanted
                plain.add(values.reversed(), &wanted, count)
                fast.add(values.reversed(), &values, count)
                #expect(values == wanted, comment)
                var mask = ck_dropout(seed: seed, threshold: 1 << 30, factor: 4 / 3)
                plain.drop(&wanted, count, 1000, &mask)
                fast.drop(&values, count, 1000, &mask)
                #expect(values == wanted, comment)
            }
        }
    }

    @Test("AVX2 and AVX-512 give the same bits.")
    func levelsAgree() throws {
        let tables = Self.tables().filter { $0.level >= 2 }
        guard tables.count == 2 else { return }
        var generator = SeededGenerator(seed: 8)
        for count in Self.lengths {
            let x = random(count, 5, &generator)
            let results = tables.map { table in
                var values = x
                var gradient = x
                var sum = x
                var statistics: [Float] = [0, 0]
                table.fast.activate(0, x, &values, count)
                table.fast.activate_gradient(1, x, &gradient, count)
                table.fast.softmax(&values, x, count, 0.5)
                table.fast.normalize(&sum, gradient, x, x, 1e-5, &gradient, count, &statistics)
                return values + gradient + sum + statistics
            }
            #expect(results[0] == results[1], "\(count) values")
        }
    }
}
