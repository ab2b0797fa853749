import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Layer normalization")
struct LayerNormalizationTests {
    /// The normalization of one row in double precision.
    static func naive(_ x: [Double], _ weight: [Double], _ bias: [Double]) -> [Double] {
        let mean = x.reduce(0, +) / Double(x.count)
        let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
        return x.indices.map { weight[$0] * (x[$0] - mean) / (variance + 1e-3).squareRoot() + bias[$0] }
    }

    @Test("Rows equal those in double precision, gradients their finite differences.")
    func equalsNaive() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for columns in [1, 5, 8, 19] {
            let input = Matrix.random(rows: 3, columns: columns, using: &generator)
            let weight = Matrix.random(rows: 1, columns: columns, using: &generator).values
            let bias = Matrix.random(rows: 1, columns: columns, using: &generator).values
            let upstream = Matrix.random(rows: 3, columns: columns, using: &generator)
            var output = Matrix(rows: 0, columns: 0)
            var statistics = LayerNormalization.Statistics()
            LayerNormalization.apply(
                input, weight: weight, bias: bias, epsilon: 1e-3, into: &output, statistics: &statistics)
            var gradient = upstream
            var weightGradient = [Float](repeating: 1, count: columns)
            var biasGradient = [Float](repeating: 2, count: columns)
            LayerNormalization.backpropagate(
                input: input, statistics: statistics, weight: weight, gradient: &gradient,
                weightGradient: &weightGradient, biasGradient: &biasGradient)
            // Input, weight and bias of a row as one vector, so that one function gives all three gradients.
            var sums = [Double](repeating: 0, count: 2 * columns)
            func whole(_ all: [Double]) -> [Double] {
                Self.naive(
                    Array(all[..<columns]), Array(all[columns..<(2 * columns)]), Array(all[(2 * columns)...]))
            }
            for row in 0..<3 {
                let all = (input.row(row) + weight + bias).map(Double.init)
                expectClose(output.row(row), whole(all).map { Float($0) }, 2e-6, "seed \(seed)")
                let slopes = all.indices.map {
                    slope(of: whole, at: all, along: $0, weight: upstream.row(row).map(Double.init))
                }
                expectClose(gradient.row(row), slopes[..<columns].map { Float($0) }, 1e-5, "seed \(seed)")
                for place in 0..<(2 * columns) { sums[place] += slopes[columns + place] }
            }
            expectClose(weightGradient, sums[..<columns].map { Float($0 + 1) }, 5e-6, "seed \(seed)")
            expectClose(biasGradient, sums[columns...].map { Float($0 + 2) }, 5e-6, "seed \(seed)")
        }
    }

    @Test("Rows and gradients are PyTorch's.")
    func golden() throws {
        let golden = try GoldenCase.named("layerNorm")
        let input = golden.inputs[0].matrix
        var output = Matrix(rows: 0, columns: 0)
        var statistics = LayerNormalization.Statistics()
        LayerNormalization.apply(
            input, weight: golden.inputs[1].values, bias: golden.inputs[2].values, epsilon: 1e-5, into: &output,
            statistics: &statistics)
        expectClose(output.values, golden.output.values)
        var gradient = golden.gradient.matrix
        var weightGradient = [Float](repeating: 0, count: 11)
        var biasGradient = weightGradient
        LayerNormalization.backpropagate(
            input: input, statistics: statistics, weight: golden.inputs[1].values, gradient: &gradient,
            weightGradient: &weightGradient, biasGradient: &biasGradient)
        expectClose(gradient.values, golden.gradients[0].values)
        expectClose(weightGradient, golden.gradients[1].values)
        expectClose(biasGradient, golden.gradients[2].values)
    }

    @Test("The bits do not depend on the number of threads.")
    func threads() {
        var generator = SeededGenerator(seed: 4)
        let input = Matrix.random(rows: 150, columns: 12, using: &generator)
        let weight = Matrix.random(rows: 1, columns: 12, using: &generator).values
        let results = [1, 4].map { threads in
            var output = Matrix(rows: 0, columns: 0)
            var statistics = LayerNormalization.Statistics()
            LayerNormalization.apply(
                input, weight: weight, bias: weight, epsilon: 1e-12, into: &output, statistics: &statistics,
                threads: threads)
            var weightGradient = weight
            var biasGradient = weight
            LayerNormalization.backpropagate(
                input: input, statistics: statistics, weight: weight, gradient: &output,
                weightGradient: &weightGradient, biasGradient: &biasGradient, threads: threads)
            var sums = weight
            ColumnSums.add(input, to: &sums, threads: threads)
            return output.values + weightGradient + biasGradient + sums
        }
        #expect(results[0] == results[1])
    }

    @Test("The sums of columns are added to what is there.")
    func columnSums() {
        var sums: [Float] = [1, 2, 3]
        ColumnSums.add(Matrix(columns: 3, values: [1, 1, 2, 3, 5, 8]), to: &sums)
        #expect(sums == [5, 8, 13])
    }
}
