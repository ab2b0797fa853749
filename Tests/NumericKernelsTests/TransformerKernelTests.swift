import DecoyTestSupport
import Foundation
import Testing

@testable import NumericKernels

@Suite("Kernels of transformers")
struct TransformerKernelTests {
    private func random(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator) -> Matrix {
        Matrix(
            columns: columns, values: (0..<(rows * columns)).map { _ in Float.random(in: -3...3, using: &generator) })
    }

    @Test("Activations equal their formulas in double precision.")
    func activations() {
        let inputs = (-1200...1200).map { Float($0) / 100 }
        for (form, formula) in [
            (GELU.Form.exact, { (x: Double) in x * (1 + erf(x / 2.0.squareRoot())) / 2 }),
            (.tanh, { x in x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) / 2 }),
            (.rectified, { max($0, 0) }),
        ] {
            var matrix = Matrix(columns: inputs.count, values: inputs)
            GELU.apply(&matrix, form: form)
            for (x, y) in zip(inputs, matrix.row(0)) {
                #expect(abs(Double(y) - formula(Double(x))) < 2e-6, "\(form) \(x)")
            }
        }
    }

    @Test("Layer normalisation, softmax and attention equal naive loops, with the same bits on two threads.")
    func naive() {
        var generator = SeededGenerator(seed: 81)
        for columns in [1, 7, 8, 21] {
            let input = random(70, columns, &generator)
            let weight = random(1, columns, &generator).row(0)
            let bias = random(1, columns, &generator).row(0)
            var normal = input
            LayerNormalization.apply(&normal, weight: weight, bias: bias, epsilon: 1e-3)
            var again = input
            LayerNormalization.apply(&again, weight: weight, bias: bias, epsilon: 1e-3, threads: 2)
            var soft = input
            Softmax.apply(&soft)
            for row in 0..<70 {
                #expect(normal.row(row) == again.row(row))
                let x = input.row(row).map(Double.init)
                let mean = x.reduce(0, +) / Double(columns)
                let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(columns)
                let sum = x.reduce(0) { $0 + exp($1) }
                for column in 0..<columns {
                    let expected =
                        (x[column] - mean) / (variance + 1e-3).squareRoot() * Double(weight[column])
                        + Double(bias[column])
                    #expect(abs(Double(normal[row, column]) - expected) < 1e-5)
                    #expect(abs(Double(soft[row, column]) - exp(x[column]) / sum) < 1e-6)
                }
            }
        }
    }

    @Test("Attention equals naive loops within each sequence.")
    func attention() {
        var generator = SeededGenerator(seed: 82)
        let (heads, width) = (2, 3)
        let sequences = PackedSequences([9, 1, 0, 4].map { [Int32](repeating: 0, count: $0) })
        let inputs = random(14, 3 * heads * width, &generator)
        let bias = random(heads, 2 * 8 + 1, &generator)
        var context = Matrix(rows: 0, columns: 0)
        PackedAttention.apply(inputs, sequences: sequences, heads: heads, relativeBias: bias, into: &context)
        for sequence in 0..<sequences.count {
            let range = sequences.range(sequence)
            for head in 0..<heads {
                for i in range {
                    let weights = range.map { j in
                        let dot = (0..<width).reduce(Float(0)) {
                            $0 + inputs[i, head * width + $1] * inputs[j, heads * width + head * width + $1]
                        }
                        return exp(Double(dot) / Double(width).squareRoot() + Double(bias[head, j - i + 8]))
                    }
                    let sum = weights.reduce(0, +)
                    for lane in 0..<width {
                        let column = head * width + lane
                        let expected = zip(range, weights).reduce(0.0) {
                            $0 + $1.1 / sum * Double(inputs[$1.0, 2 * heads * width + column])
                        }
                        #expect(abs(Double(context[i, column]) - expected) < 1e-5)
                    }
                }
            }
        }
    }
}
