import DecoyTestSupport
import Foundation
import NumericKernels
import Testing

@testable import DenseRetrieval

/// Tables after steps of PyTorch's optimizers; `Fixtures/make_optimizers.py` says how they were made.
private struct OptimizerFixture: Decodable {
    struct Case: Decodable {
        var options: TrainingOptions
        var sparse: Bool
        var tables: [[[Double]]]
    }

    var table: [[Float]]
    var gradients: [[[Float]]]
    var touched: [[Int32]]
    var cases: [Case]

    static func read(file: String = #filePath) throws -> OptimizerFixture {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        return try JSONDecoder().decode(
            OptimizerFixture.self, from: Data(contentsOf: folder.appendingPathComponent("optimizers.json")))
    }
}

@Suite("Optimizers")
struct OptimizerTests {
    private func optimizer(_ table: Matrix, _ options: TrainingOptions) -> SparseOptimizer {
        SparseOptimizer(table: table, kind: options.optimizer, weightDecay: options.effectiveWeightDecay)
    }

    @Test("Every step equals PyTorch's Adam, AdamW and Adagrad on all rows, and on some.")
    func goldens() throws {
        let fixture = try OptimizerFixture.read()
        var bags = TokenBags(vocabularySize: fixture.table.count)
        for token in 0..<Int32(fixture.table.count) { bags.append([token]) }
        for (number, example) in fixture.cases.enumerated() {
            var optimizer = optimizer(Matrix(columns: 3, values: fixture.table.flatMap { $0 }), example.options)
            for (step, gradient) in fixture.gradients.enumerated() {
                let rows = example.sparse ? fixture.touched[step] : Array(0..<4)
                optimizer.prepare([.init(bags: bags, texts: rows, firstRow: 0)], threads: 2)
                optimizer.step(
                    step + 1, rate: example.options.learningRate,
                    gradient: Matrix(columns: 3, values: rows.flatMap { gradient[Int($0)] }), threads: 2)
                let table = optimizer.currentTable(threads: 2)
                for row in 0..<4 {
                    for column in 0..<3 {
                        let wanted = example.tables[step][row][column]
                        #expect(
                            abs(Double(table[row, column]) - wanted) < 1e-5,
                            "case \(number), step \(step), row \(row)")
                    }
                }
            }
        }
    }

    @Test(
        "On rows that every step touches each optimizer and each row's weight equal dense formulas; other rows stay.",
        arguments: OptimizerKind.allCases, [0, 0.02])
    func sparseEqualsDense(_ kind: OptimizerKind, _ weightRate: Double) {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        func random(_ rows: Int) -> Matrix {
            Matrix(columns: 6, values: (0..<(rows * 6)).map { _ in Float.random(in: -1...1, using: &generator) })
        }
        let start = random(5)
        let decay = kind == .adamw ? 0.3 : 0
        var optimizer = SparseOptimizer(table: start, kind: kind, weightDecay: decay)
        var bags = TokenBags(vocabularySize: 5)
        bags.append([0, 1, 1])
        bags.append([1, 3])
        var w = (0..<5).map { start.row($0).map(Double.init) }
        var first = [Double](repeating: 0, count: 5 * 7)
        var second = first
        // What one number changes by; numbers 0 to 5 of a row are its values, 6 is the logarithm of its length.
        func change(_ place: Int, _ g: Double, _ step: Int, _ rate: Double) -> Double {
            if kind == .adagrad {
                first[place] += g * g
                return -rate * g / (first[place].squareRoot() + 1e-10)
            }
            first[place] = 0.9 * first[place] + 0.1 * g
            second[place] = 0.999 * second[place] + 0.001 * g * g
            let m = first[place] / (1 - pow(0.9, Double(step)))
            let v = second[place] / (1 - pow(0.999, Double(step)))
            return -rate * m / (v.squareRoot() + 1e-8)
        }
        let shares: [[(Int, Double)]] = [[(0, 1.0 / 3)], [(0, 2.0 / 3), (1, 0.5)], [], [(1, 0.5)], []]
        for step in 1...20 {
            let gradient = random(2)
            optimizer.prepare([.init(bags: bags, texts: [0, 1], firstRow: 0)], threads: 2)
            optimizer.step(step, rate: 0.05, weightRate: weightRate, gradient: gradient, threads: 2)
            for row in [0, 1, 3] {
                let g = (0..<6).map { column in
                    shares[row].reduce(0) { $0 + $1.1 * Double(gradient[$1.0, column]) }
                }
                let along = zip(w[row], g).reduce(0) { $0 + $1.0 * $1.1 }
                let factor = weightRate > 0 ? exp(change(row * 7 + 6, along, step, weightRate)) : 1
                for column in 0..<6 {
                    let kept = (1 - 0.05 * decay) * w[row][column]
                    w[row][column] = factor * (kept + change(row * 7 + column, g[column], step, 0.05))
                }
            }
        }
        for row in 0..<5 {
            for column in 0..<6 {
                #expect(abs(Double(optimizer.table[row, column]) - w[row][column]) < 2e-4, "seed \(seed), row \(row)")
                if row == 2 || row == 4 { #expect(optimizer.table[row, column] == start[row, column]) }
            }
        }
        #expect(optimizer.matrices.count == (kind == .adagrad ? 4 : 5))
    }

    @Test("Rows that wait for hundreds of steps equal dense Adam's, at changing learning rates, read at any time.")
    func longGaps() {
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let start = Matrix(columns: 4, values: (0..<8).map { _ in Float.random(in: -1...1, using: &generator) })
        var optimizer = SparseOptimizer(table: start)
        var bags = TokenBags(vocabularySize: 2)
        bags.append([0])
        bags.append([1])
        let touches: Set<Int> = [3, 4, 9, 60, 130, 131, 200, 460]
        var w = (0..<4).map { Double(start[0, $0]) }
        var first = [Double](repeating: 0, count: 4)
        var second = first
        for number in 1...470 {
            let rate = 0.05 * Double(471 - number) / 470
            let isTouched = touches.contains(number)
            // A step without any row must count as well.
            if number == 7 || number == 300 {
                optimizer.skip(rate: rate)
            } else {
                optimizer.prepare([.init(bags: bags, texts: [isTouched ? 0 : 1], firstRow: 0)], threads: 1)
            }
            let gradient = (0..<4).map { _ in Float.random(in: -1...1, using: &generator) }
            if number != 7, number != 300 {
                optimizer.step(number, rate: rate, gradient: Matrix(columns: 4, values: gradient), threads: 1)
            }
            for column in 0..<4 {
                let g = isTouched ? Double(gradient[column]) : 0
                first[column] = 0.9 * first[column] + 0.1 * g
                second[column] = 0.999 * second[column] + 0.001 * g * g
                let m = first[column] / (1 - pow(0.9, Double(number)))
                let v = second[column] / (1 - pow(0.999, Double(number)))
                w[column] -= rate * m / (v.squareRoot() + 1e-8)
            }
            if number.isMultiple(of: 5) || touches.contains(number - 1) {
                let table = optimizer.currentTable(threads: 1)
                for column in 0..<4 {
                    #expect(abs(Double(table[0, column]) - w[column]) < 2e-4, "seed \(seed), step \(number)")
                }
            }
        }
    }

    @Test("Every optimizer learns, with the same bits on one thread and three; a decay belongs to adamw alone.")
    func trains() throws {
        let task = ToyTask(subjects: 40, seed: 6)
        let set = try task.set()
        for kind in OptimizerKind.allCases {
            var options = ToyTask.options {
                $0.optimizer = kind
                $0.epochs = 12
                $0.weightLearningRate = 0.01
            }
            let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
            let trained = try Trainer(set, options: options).train(start)
            #expect(try task.reciprocalRank(trained.model) > task.reciprocalRank(start) + 0.3, "\(kind)")
            options.threads = 3
            #expect(try Trainer(set, options: options).train(start).model.identity() == trained.model.identity())
            options.weightDecay = 0.1
            if kind != .adamw { #expect(throws: TrainingError.self, "\(kind)") { try options.validate() } }
        }
        #expect(throws: TrainingError.self) {
            try ToyTask.options {
                $0.optimizer = .adamw
                $0.weightDecay = -1
            }.validate()
        }
    }
}
