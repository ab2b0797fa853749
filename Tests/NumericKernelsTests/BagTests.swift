import DecoyTestSupport
import NumericKernels
import Testing

@Suite("Bags of tokens and sparse rows")
struct BagTests {
    @Test("A bag holds each token once with its share; tokens outside the vocabulary are left out.")
    func bag() {
        var bags = TokenBags(vocabularySize: 5)
        bags.append([3, 1, 3, 9, -1, 0])
        bags.append([])
        #expect(Array(bags.ids(of: 0)) == [0, 1, 3])
        #expect(bags.weights == [0.25, 0.25, 0.5])
        #expect(bags.count == 2 && bags.ids(of: 1).isEmpty)
    }

    @Test("The mean of a text is the mean of its tokens' rows; a text without tokens has a mean of zeros.")
    func means() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let table = Matrix.random(rows: 20, columns: 19, using: &generator)
        let texts = (0..<30).map { _ in
            (0..<Int.random(in: 0...9, using: &generator)).map { _ in Int32.random(in: 0..<20, using: &generator) }
        }
        var bags = TokenBags(vocabularySize: 20)
        for text in texts { bags.append(text) }
        var means = Matrix(rows: 30, columns: 19)
        means.gatherMeans(of: (0..<30).map { Int32(29 - $0) }, in: bags, from: table, at: 0, threads: 2)
        for (place, text) in texts.reversed().enumerated() {
            for column in 0..<19 {
                let sum = text.reduce(0.0) { $0 + Double(table[Int($1), column]) }
                let wanted = text.isEmpty ? 0 : sum / Double(text.count)
                #expect(abs(Double(means[place, column]) - wanted) < 1e-6, "seed \(seed)")
            }
        }
    }

    @Test("One Adam step changes the touched rows by the summed gradients of their texts and no other row.")
    func adam() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        var table = Matrix.random(rows: 10, columns: 18, using: &generator)
        let start = table
        var bags = TokenBags(vocabularySize: 10)
        bags.append([1, 1, 4])
        bags.append([4, 7])
        bags.append([9])
        let gradient = Matrix.random(rows: 3, columns: 18, using: &generator)
        var rows = SparseRows(tableRows: 10)
        var moments = [Matrix(rows: 10, columns: 18), Matrix(rows: 10, columns: 18)]
        var none = Matrix(rows: 0, columns: 2)
        rows.collect([.init(bags: bags, texts: [1], firstRow: 2), .init(bags: bags, texts: [0], firstRow: 0)])
        #expect(rows.rows == [1, 4, 7])
        rows.step(
            .adam(AdamStep(number: 1, rate: 0.1)), gradient: gradient, table: &table, moments: &moments,
            lengthStep: nil, lengthMoments: &none, threads: 2)
        for row in 0..<10 {
            for column in 0..<18 {
                var g = 0.0
                if row == 1 { g = 2 / 3 * Double(gradient[0, column]) }
                if row == 4 { g = 1 / 3 * Double(gradient[0, column]) + 0.5 * Double(gradient[2, column]) }
                if row == 7 { g = 0.5 * Double(gradient[2, column]) }
                // The first step of Adam is the rate times the sign of the gradient.
                let wanted = Double(start[row, column]) - (g == 0 ? 0 : 0.1 * g / (abs(g) + 1e-8))
                #expect(abs(Double(table[row, column]) - wanted) < 1e-5, "seed \(seed)")
                #expect(abs(Double(moments[0][row, column]) - 0.1 * g) < 1e-6, "seed \(seed)")
                #expect(abs(Double(moments[1][row, column]) - 0.001 * g * g) < 1e-6, "seed \(seed)")
            }
        }
    }
}
