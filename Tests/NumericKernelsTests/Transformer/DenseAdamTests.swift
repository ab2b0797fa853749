import DecoyTestSupport
import NumericKernels
import Testing

@Suite("AdamW over matrices")
struct DenseAdamTests {
    @Test("A step equals that on each row alone, whatever the threads.")
    func step() {
        var generator = SeededGenerator(seed: 12)
        let start = (0..<4).map { _ in Matrix.random(rows: 3, columns: 11, using: &generator) }
        let second = Matrix(columns: 11, values: start[3].values.map { abs($0) })
        let step = AdamStep(number: 3, rate: 0.01, decay: 0.1)
        for threads in [1, 3] {
            var (w, m, v) = (start[1], start[2], second)
            DenseAdam.step(
                step, gradient: start[0], weights: &w, firstMoment: &m, secondMoment: &v, threads: threads)
            for place in 0..<w.count {
                let (row, column) = (place / 11, place % 11)
                let g = start[0][row, column]
                let first = 0.9 * start[2][row, column] + 0.1 * g
                let squares = 0.999 * second[row, column] + 0.001 * g * g
                let change = 0.01 * (first / (1 - 0.729)) / ((squares / (1 - 0.997_002_999)).squareRoot() + 1e-8)
                expectClose([w[row, column]], [start[1][row, column] * (1 - 0.001) - change], 1e-5)
            }
        }
    }
}
