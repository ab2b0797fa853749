import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Dropout")
struct DropoutTests {
    @Test("The mask is the function of seed and position, whatever the threads, and near its rate.")
    func mask() {
        let dropout = Dropout(rate: 0.25, seed: 11)
        let ones = Matrix(columns: 150, values: [Float](repeating: 1, count: 150 * 120))
        var one = ones
        var many = ones
        dropout.apply(&one)
        dropout.apply(&many, threads: 4)
        #expect(one.values == many.values)
        #expect(one.values == (0..<ones.count).map { dropout.factor(at: $0) })
        let share = Float(one.values.count { $0 == 0 }) / Float(ones.count)
        #expect(abs(share - 0.25) < 0.015)
        #expect(one.values.allSatisfy { $0 == 0 || $0 == 1 / (1 - dropout.rate) })
    }

    @Test("Another seed gives another mask, and rate 0 changes nothing.")
    func seeds() {
        let masks = [UInt64(1), 2].map { seed in (0..<200).map { Dropout(rate: 0.5, seed: seed).factor(at: $0) } }
        #expect(masks[0] != masks[1])
        var matrix = Matrix(columns: 2, values: [1, .infinity])
        Dropout(rate: 0, seed: 1).apply(&matrix)
        #expect(matrix.values == [1, .infinity])
    }
}
