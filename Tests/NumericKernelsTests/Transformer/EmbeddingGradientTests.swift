import DecoyTestSupport
import Testing

@testable import NumericKernels

@Suite("Gradients of embeddings and of all parameters together")
struct EmbeddingGradientTests {
    private func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var random = SeededGenerator(seed: seed)
        return Matrix(
            columns: columns, values: (0..<(rows * columns)).map { _ in Float(random.next() >> 40) / 0x1p24 - 0.5 })
    }

    private func values(_ matrix: Matrix) -> [Float] { (0..<matrix.rows).flatMap { matrix.row($0) } }

    @Test("Each row's gradient is added to its token and its place, with the same bits on two threads.")
    func scatter() {
        let sequences = PackedSequences([[3, 1, 3, 3], [], [1], [0, 3, 2, 1, 3]])
        let gradient = random(10, 11, seed: 5)
        var (tokens, positions) = (random(5, 11, seed: 6), random(8, 11, seed: 7))
        var (tokenSums, positionSums) = (tokens, positions)
        for sequence in 0..<sequences.count {
            for (place, row) in sequences.range(sequence).enumerated() {
                for column in 0..<11 {
                    tokenSums[Int(sequences.tokens[row]), column] += gradient[row, column]
                    positionSums[2 + place, column] += gradient[row, column]
                }
            }
        }
        EmbeddingGradient.addTokens(gradient, sequences: sequences, to: &tokens, threads: 2)
        EmbeddingGradient.addPositions(gradient, sequences: sequences, firstPosition: 2, to: &positions, threads: 2)
        #expect(values(tokens) == values(tokenSums))
        #expect(values(positions) == values(positionSums))
    }

    @Test("The common norm is that of all values, with the same bits on two threads, and scaling multiplies it.")
    func norm() {
        var matrices = [random(300, 301, seed: 8), random(1, 5, seed: 9), Matrix(rows: 0, columns: 3)]
        let squares = matrices.map { values($0).reduce(0.0) { $0 + Double($1) * Double($1) } }
        let norm = GradientNorm.of(matrices)
        #expect(abs(norm - (squares[0] + squares[1]).squareRoot()) < 1e-5 * norm)
        #expect(norm == GradientNorm.of(matrices, threads: 2))
        for index in matrices.indices { GradientNorm.scale(&matrices[index], by: 0.5, threads: 2) }
        #expect(abs(GradientNorm.of(matrices) - norm / 2) < 1e-6 * norm)
    }

    @Test("The values of GELU beside their input are those in its place.")
    func activation() {
        let input = random(100, 101, seed: 10)
        for form in GELU.Form.allCases {
            var (inPlace, output) = (input, Matrix(rows: 0, columns: 0))
            GELU.apply(&inPlace, form: form)
            GELU.apply(input, form: form, into: &output, threads: 2)
            #expect(values(output) == values(inPlace))
        }
    }
}
