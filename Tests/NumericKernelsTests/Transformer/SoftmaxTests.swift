import DecoyTestSupport
import Foundation
import NumericKernels
import Testing

@Suite("Softmax")
struct SoftmaxTests {
    /// The softmax of one row in double precision.
    static func naive(_ scores: [Double], _ scale: Double) -> [Double] {
        let top = scores.max() ?? 0
        let exponentials = scores.map { $0 == -.infinity ? 0 : exp(scale * ($0 - top)) }
        let total = exponentials.reduce(0, +)
        return exponentials.map { total > 0 ? $0 / total : 0 }
    }

    @Test(
        "Probabilities equal those in double precision, gradients their finite differences, for rows of every length.")
    func equalsNaive() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        for columns in [1, 2, 7, 8, 9, 16, 21] {
            let scale = Float.random(in: 0.1...3, using: &generator)
            let scores = Matrix.random(rows: 2, columns: columns, using: &generator)
            let upstream = Matrix.random(rows: 2, columns: columns, using: &generator)
            var probabilities = scores
            Softmax.apply(&probabilities, scale: scale)
            var gradient = upstream
            Softmax.backpropagate(probabilities: probabilities, gradient: &gradient, scale: scale)
            for row in 0..<2 {
                let exact = scores.row(row).map(Double.init)
                expectClose(
                    probabilities.row(row), Self.naive(exact, Double(scale)).map { Float($0) }, 1e-6, "seed \(seed)")
                let weight = upstream.row(row).map(Double.init)
                let slopes = (0..<columns).map {
                    Float(slope(of: { Self.naive($0, Double(scale)) }, at: exact, along: $0, weight: weight))
                }
                expectClose(gradient.row(row), slopes, 2e-6, "seed \(seed)")
            }
        }
    }

    @Test("Probabilities and gradients are PyTorch's.")
    func golden() throws {
        let golden = try GoldenCase.named("softmax")
        var output = golden.inputs[0].matrix
        Softmax.apply(&output, scale: 0.5)
        expectClose(output.values, golden.output.values)
        var gradient = golden.gradient.matrix
        Softmax.backpropagate(probabilities: output, gradient: &gradient, scale: 0.5, threads: 2)
        expectClose(gradient.values, golden.gradients[0].values)
    }

    @Test("Masked scores get probability 0, large scores do not overflow, and a row of masked scores is zeros.")
    func extremes() {
        var scores = Matrix(
            columns: 3, values: [1, -.infinity, 1, 3e38, -3e38, -.infinity, -.infinity, -.infinity, -.infinity])
        Softmax.apply(&scores)
        expectClose(scores.values, [0.5, 0, 0.5, 1, 0, 0, 0, 0, 0], 1e-6)
    }
}
