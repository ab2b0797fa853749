import DecoyTestSupport
import Foundation
import NumericKernels
import Testing

@Suite("Attention")
struct AttentionTests {
    static let layout = AttentionLayout(heads: 2, width: 3, lengths: [4, 0, 1, 3])

    /// Attention in double precision; `factor` is what dropout multiplies a probability with, by its place.
    static func naive(_ packed: [Double], _ layout: AttentionLayout, factor: (Int) -> Double = { _ in 1 }) -> [Double] {
        let columns = layout.columns
        var output = [Double](repeating: 0, count: layout.rows * columns)
        var block = 0
        for sequence in 0..<layout.count {
            let rows = layout.starts[sequence]..<layout.starts[sequence + 1]
            for head in 0..<layout.heads {
                for (place, row) in rows.enumerated() {
                    let scores = rows.map { other in
                        (0..<layout.width).reduce(0.0) { sum, x in
                            sum + packed[row * 3 * columns + head * layout.width + x]
                                * packed[other * 3 * columns + columns + head * layout.width + x]
                        }
                    }
                    let p = SoftmaxTests.naive(scores, 1 / Double(layout.width).squareRoot())
                    for (index, other) in rows.enumerated() {
                        let weight = p[index] * factor(block + place * rows.count + index)
                        for x in 0..<layout.width {
                            output[row * columns + head * layout.width + x] +=
                                weight * packed[other * 3 * columns + 2 * columns + head * layout.width + x]
                        }
                    }
                }
                block += rows.count * rows.count
            }
        }
        return output
    }

    @Test(
        "Values equal those in double precision, gradients their finite differences, with dropout and without.",
        arguments: [ProductEngine.platform, .reference], [Float(0), 0.4])
    func equalsNaive(_ engine: ProductEngine, _ rate: Float) {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let layout = Self.layout
        let packed = Matrix.random(rows: layout.rows, columns: 3 * layout.columns, using: &generator)
        let upstream = Matrix.random(rows: layout.rows, columns: layout.columns, using: &generator)
        let dropout = rate > 0 ? Dropout(rate: rate, seed: seed) : nil
        func naive(_ values: [Double]) -> [Double] {
            Self.naive(values, layout) { Double(dropout?.factor(at: $0) ?? 1) }
        }
        var output = Matrix(rows: 0, columns: 0)
        Attention.apply(packed, layout: layout, into: &output, dropout: dropout, engine: engine)
        let exact = packed.values.map(Double.init)
        expectClose(output.values, naive(exact).map { Float($0) }, 2e-6, "seed \(seed)")
        var gradient = Matrix(rows: 0, columns: 0)
        Attention.backpropagate(
            packed, layout: layout, gradient: upstream, into: &gradient, dropout: dropout, engine: engine)
        let weight = upstream.values.map(Double.init)
        let slopes = exact.indices.map { Float(slope(of: naive, at: exact, along: $0, weight: weight)) }
        expectClose(gradient.values, slopes, 5e-6, "seed \(seed)")
    }

    @Test("Values and gradients are PyTorch's.")
    func golden() throws {
        let golden = try GoldenCase.named("attention")
        let layout = AttentionLayout(heads: 2, width: 3, lengths: [4, 1, 3])
        let packed = golden.inputs[0].matrix
        var output = Matrix(rows: 0, columns: 0)
        Attention.apply(packed, layout: layout, into: &output)
        expectClose(output.values, golden.output.values)
        var gradient = Matrix(rows: 0, columns: 0)
        Attention.backpropagate(packed, layout: layout, gradient: golden.gradient.matrix, into: &gradient)
        expectClose(gradient.values, golden.gradients[0].values)
    }

    @Test("The bits do not depend on threads, nor on whether probabilities are kept or computed again.")
    func threads() {
        var generator = SeededGenerator(seed: 6)
        let layout = AttentionLayout(heads: 3, width: 8, lengths: [17, 5, 1, 9])
        let packed = Matrix.random(rows: layout.rows, columns: 3 * layout.columns, using: &generator)
        let dropout = Dropout(rate: 0.1, seed: 9)
        let results = [(1, false), (4, false), (1, true), (3, true)].map { threads, keeps in
            var output = Matrix(rows: 0, columns: 0)
            var kept: Matrix?
            if keeps {
                var probabilities = Matrix(rows: 0, columns: 0)
                Attention.apply(
                    packed, layout: layout, into: &output, keeping: &probabilities, dropout: dropout, threads: threads)
                kept = probabilities
            } else {
                Attention.apply(packed, layout: layout, into: &output, dropout: dropout, threads: threads)
            }
            var gradient = Matrix(rows: 0, columns: 0)
            Attention.backpropagate(
                packed, layout: layout, gradient: output, into: &gradient, probabilities: kept, dropout: dropout,
                threads: threads)
            return output.values + gradient.values
        }
        for result in results.dropFirst() { #expect(result == results[0]) }
    }
}
