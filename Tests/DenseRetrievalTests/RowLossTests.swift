import DecoyTestSupport
import Testing

@testable import DenseRetrieval

@Suite("Losses of a row")
struct RowLossTests {
    /// Rows of distinct cosines on a grid whose steps no margin of the tests falls on, so that no finite difference crosses a kink.
    struct Rows {
        var cosines: [[Float]] = []
        var judgements = BatchJudgements()

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            for _ in 0..<20 {
                let columns = Int.random(in: 2...40, using: &generator)
                let grid = (-245...245).shuffled(using: &generator).prefix(columns)
                cosines.append(grid.map { Float($0) * 0.004 })
                let order = (0..<columns).shuffled(using: &generator)
                let positives = Int.random(in: 1...min(3, columns - 1), using: &generator)
                let masked = Int.random(in: 0...min(4, columns - positives - 1), using: &generator)
                let grades = (0..<positives).map { _ in Float(Int.random(in: 1...3, using: &generator)) }
                let sum = grades.reduce(0, +)
                for (place, grade) in grades.enumerated() {
                    judgements.positives.append(.init(column: order[place], weight: grade / sum))
                }
                for column in order[positives..<(positives + masked)] { judgements.masked.append(column) }
                let open = Array(order[..<positives] + order[(positives + masked)...])
                for (place, column) in open.enumerated() where place < positives || Bool.random(using: &generator) {
                    let score = Float.random(in: -3...3, using: &generator)
                    let weight = place < positives ? grades[place] / sum : 0
                    let share = Float.random(in: 0...1, using: &generator)
                    judgements.scored.append(.init(column: column, score: score, weight: weight, share: share))
                }
                judgements.positives.endRow()
                judgements.masked.endRow()
                judgements.scored.endRow()
            }
        }

        func apply(_ loss: any RowLoss, _ row: Int, _ values: [Float], weight: Float = 1) -> (Float, [Float]) {
            var values = values
            var span = values.mutableSpan
            let value = loss.apply(row, &span, judgements: judgements, weight: weight)
            return (value, values)
        }
    }

    static let losses: [any RowLoss] =
        [InfoNCE(temperature: 0.3), MarginMSE(temperature: 0.5)]
        + [TeacherDivergence(temperature: 0.3, teacherTemperature: 1.5)]
        + [LexicalResidual(base: InfoNCE(temperature: 0.3), weight: 0.4)]
        + NegativeSelection.allCases.map { TripletLoss(margin: 0.302, selection: $0) }
        + [NegativeSelection.all, .hardest].map { ContrastiveMargin(margin: 0.702, selection: $0) }

    @Test("The gradient of every loss equals finite differences, with several positives, masked columns and a teacher.")
    func finiteDifferences() {
        let seed = freshSeed()
        let rows = Rows(seed: seed)
        for loss in Self.losses {
            for (row, cosines) in rows.cosines.enumerated() {
                let (value, gradient) = rows.apply(loss, row, cosines)
                #expect(value >= -1e-5)
                let (again, half) = rows.apply(loss, row, cosines, weight: 0.5)
                #expect(again == value)
                for column in cosines.indices {
                    // Single precision: a wide step, and a tolerance to match.
                    let step: Float = 1e-3
                    var up = cosines
                    var down = cosines
                    up[column] += step
                    down[column] -= step
                    let numeric = (rows.apply(loss, row, up).0 - rows.apply(loss, row, down).0) / (2 * step)
                    let size = max(1, abs(numeric), value)
                    #expect(
                        abs(numeric - gradient[column]) < 5e-3 * size,
                        "seed \(seed), \(loss), row \(row), column \(column)")
                    #expect(abs(half[column] - gradient[column] / 2) <= 1e-6 * size, "seed \(seed), \(loss)")
                }
                for column in rows.judgements.masked[row] {
                    #expect(gradient[column] == 0, "seed \(seed), \(loss)")
                    var moved = cosines
                    moved[column] = 0.99
                    #expect(rows.apply(loss, row, moved).0 == value, "seed \(seed), \(loss)")
                }
            }
        }
    }

    @Test("The triplet loss with lexical scores has the residual margin ξ − λ (T⁺ − T⁻) of CLEAR.")
    func residualMargin() {
        let seed = freshSeed()
        let rows = Rows(seed: seed)
        let (margin, weight): (Float, Float) = (0.302, 0.4)
        let loss = LexicalResidual(base: TripletLoss(margin: margin, selection: .all), weight: weight)
        for (row, cosines) in rows.cosines.enumerated() {
            let positives = rows.judgements.positives[row]
            let closed = positives.map(\.column) + rows.judgements.masked[row]
            let negatives = cosines.indices.filter { !closed.contains($0) }
            func share(_ column: Int) -> Float {
                rows.judgements.scored[row].first { $0.column == column }?.share ?? 0
            }
            var expected: Float = 0
            for positive in positives {
                for negative in negatives {
                    let residual = margin - weight * (share(positive.column) - share(negative))
                    let hinge = max(0, residual - cosines[positive.column] + cosines[negative])
                    expected += positive.weight * hinge / Float(negatives.count)
                }
            }
            #expect(abs(rows.apply(loss, row, cosines).0 - expected) < 1e-4, "seed \(seed), row \(row)")
        }
    }

    @Test("A cosine that is not a number makes every loss that looks at it not a number.")
    func notANumber() {
        var judgements = BatchJudgements()
        judgements.positives.append(.init(column: 0, weight: 1))
        judgements.scored.append(.init(column: 0, score: 1, weight: 1))
        judgements.scored.append(.init(column: 1, score: 0, weight: 0))
        judgements.positives.endRow()
        judgements.masked.endRow()
        judgements.scored.endRow()
        for loss in Self.losses {
            var values: [Float] = [.nan, .nan]
            var span = values.mutableSpan
            #expect(!loss.apply(0, &span, judgements: judgements, weight: 1).isFinite, "\(loss)")
        }
    }

    @Test(
        "With one positive the hardest triplet is the margin over the highest negative; semi-hard stays below the positive."
    )
    func selections() {
        var judgements = BatchJudgements()
        judgements.positives.append(.init(column: 1, weight: 1))
        judgements.positives.endRow()
        judgements.masked.append(4)
        judgements.masked.endRow()
        judgements.scored.endRow()
        func run(_ selection: NegativeSelection, positive: Float = 0.5) -> (Float, [Float]) {
            var values: [Float] = [0.75, positive, 0.375, -0.5, 0.875]
            var span = values.mutableSpan
            let loss = TripletLoss(margin: 0.25, selection: selection)
            let value = loss.apply(0, &span, judgements: judgements, weight: 1)
            return (value, values)
        }
        #expect(run(.hardest) == (0.5, [1, -1, 0, 0, 0]))
        #expect(run(.semiHard) == (0.125, [0, -1, 1, 0, 0]))
        // Nothing is below the positive: the lowest of all.
        #expect(run(.semiHard, positive: -0.75) == (0.5, [0, -1, 0, 1, 0]))
        let all = run(.all)
        #expect(abs(all.0 - 0.625 / 3) < 1e-6 && abs(all.1[1] + 2 / 3) < 1e-6)
    }
}
