import DecoyTestSupport
import Foundation
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Gradients")
struct GradientTests {
    /// The gradient of the mean loss for every value of the table, from one training step's own backward pass.
    struct Case {
        var set: TrainingSet
        var batch: ContrastiveBatch
        var model: DualEncoder
        let temperature = 0.2

        init(seed: UInt64, separate: Bool) throws {
            var generator = SeededGenerator(seed: seed)
            var task = ToyTask(subjects: 7, seed: seed)
            // An empty text, a document with two queries, a query with two documents.
            task.documents.append(Document(id: "empty", text: ""))
            task.qrels.judge(query: "q0-0", document: "d3", grade: 1)
            task.qrels.judge(query: "q1-0", document: "d2", grade: 2)
            task.queries.append(Query(id: "zero", text: "123"))
            task.qrels.judge(query: "zero", document: "d1", grade: 1)
            let set = try task.set()
            self.set = set
            batch = ContrastiveBatch(documentCount: set.documentIDs.count)
            let negatives = set.queryIDs.indices.map { query in
                (0..<Int32(set.documentIDs.count)).filter {
                    !set.known[query].contains($0) && Int.random(in: 0..<4, using: &generator) == 0
                }
            }
            batch.fill(set.pairs, set: set, negatives: negatives)
            let options = ToyTask.options {
                $0.dimension = 5
                $0.seed = seed
            }
            let first = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 5, seed: options.seed)
            let second = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 5, seed: options.seed &+ 1)
            model =
                separate ? try DualEncoder(queryEncoder: first, documentEncoder: second) : DualEncoder(shared: first)
        }

        func loss(_ queryTable: [[Double]], _ documentTable: [[Double]], queries: [[Int32]], documents: [[Int32]])
            -> Double
        {
            ReferenceLoss.value(
                queries: queries, documents: documents, targets: batch.targets,
                masked: batch.queries.indices.map { Array(batch.masked(for: $0)) }, queryTable: queryTable,
                documentTable: documentTable, temperature: temperature)
        }

        /// Tokens with the text's shares; lengths here are below 12.
        func tokens(_ bags: TokenBags, _ text: Int32) -> [Int32] {
            let range = bags.offsets[Int(text)]..<bags.offsets[Int(text) + 1]
            let shares = range.map { Double(bags.weights[$0]) }
            func isLength(_ length: Int) -> Bool {
                shares.allSatisfy { share in
                    let count = share * Double(length)
                    return count > 0.5 && abs(count.rounded() - count) < 1e-4
                }
            }
            let length = Double((1...12).first(where: isLength) ?? 1)
            return zip(range, shares).flatMap { entry, share in
                [Int32](repeating: bags.ids[entry], count: Int((share * length).rounded()))
            }
        }
    }

    @Test(
        "The gradient of every weight equals finite differences of the loss in double precision.",
        arguments: [false, true])
    func finiteDifferences(_ separate: Bool) throws {
        let seed = freshSeed()
        let example = try Case(seed: seed, separate: separate)
        let objective = TrainingObjective(temperature: example.temperature)
        // The first moment after the first step is (1 − β₁) times the gradient.
        var state = try TrainingState(example.model)
        let value = state.step(
            example.batch, set: example.set, objective: objective, rates: .init(weights: 1e-3), threads: 2)
        let queries = example.batch.queries.map { example.tokens(example.set.queryTokens.bags, $0) }
        let documents = example.batch.documents.map { example.tokens(example.set.documentTokens.bags, $0) }
        func doubles(_ table: Matrix) -> [[Double]] { (0..<table.rows).map { table.row($0).map(Double.init) } }
        let queryTable = doubles(example.model.queryEncoder.table)
        let documentTable = doubles(example.model.documentEncoder.table)
        let wanted = example.loss(queryTable, documentTable, queries: queries, documents: documents)
        #expect(abs(Double(value) - wanted) < 1e-4, "seed \(seed)")
        let step = 1e-5
        for (tower, optimizer) in state.optimizers.enumerated() {
            for row in 0..<26 {
                for column in 0..<5 {
                    func shifted(_ by: Double) -> Double {
                        var q = queryTable
                        var d = documentTable
                        if !separate || tower == 0 { q[row][column] += by }
                        if !separate || tower == 1 { d[row][column] += by }
                        return example.loss(q, d, queries: queries, documents: documents)
                    }
                    let numeric = (shifted(step) - shifted(-step)) / (2 * step)
                    let analytic = Double(optimizer.moments[0][row, column]) / 0.1
                    #expect(
                        abs(numeric - analytic) < 2e-4 * max(1, abs(numeric)),
                        "seed \(seed), row \(row), column \(column)")
                }
            }
        }
    }

    @Test("In both directions with several positives the gradient equals differences of the step's own loss.")
    func bothDirections() throws {
        let seed = freshSeed()
        var example = try Case(seed: seed, separate: true)
        let negatives = example.set.queryIDs.indices.map { _ in [Int32]() }
        example.batch.fill(example.set.pairs, set: example.set, negatives: negatives, positivesPerQuery: 2)
        let objective = TrainingObjective(temperature: 0.5, symmetric: true)
        func step(_ model: DualEncoder) throws -> (loss: Double, state: TrainingState) {
            var state = try TrainingState(model)
            let loss = state.step(
                example.batch, set: example.set, objective: objective, rates: .init(weights: 0), threads: 2)
            return (Double(loss), state)
        }
        let state = try step(example.model).state
        // Single precision: a wide step, and a tolerance to match.
        let width: Float = 5e-3
        for row in 0..<26 {
            let column = row % 5
            for tower in 0..<2 {
                func shifted(_ by: Float) throws -> Double {
                    var model = example.model
                    if tower == 0 {
                        model.queryEncoder.table[row, column] += by
                    } else {
                        model.documentEncoder.table[row, column] += by
                    }
                    return try step(model).loss
                }
                let numeric = (try shifted(width) - shifted(-width)) / (2 * Double(width))
                let analytic = Double(state.optimizers[tower].moments[0][row, column]) / 0.1
                #expect(abs(numeric - analytic) < 5e-3 * max(1, abs(numeric)), "seed \(seed), row \(row)")
            }
        }
    }

    @Test("With shorter lengths the gradient is that of the mean of the losses of all lengths.")
    func prefixes() throws {
        let seed = freshSeed()
        let example = try Case(seed: seed, separate: false)
        var state = try TrainingState(example.model)
        let objective = TrainingObjective(temperature: example.temperature, prefixes: [2, 3, 5])
        let value = state.step(
            example.batch, set: example.set, objective: objective, rates: .init(weights: 0), threads: 2)
        let queries = example.batch.queries.map { example.tokens(example.set.queryTokens.bags, $0) }
        let documents = example.batch.documents.map { example.tokens(example.set.documentTokens.bags, $0) }
        let table = example.model.documentEncoder.table
        let rows = (0..<table.rows).map { table.row($0).map(Double.init) }
        func loss(_ rows: [[Double]]) -> Double {
            [2, 3, 5].reduce(0) { sum, length in
                let cut = rows.map { Array($0.prefix(length)) }
                return sum + example.loss(cut, cut, queries: queries, documents: documents) / 3
            }
        }
        #expect(abs(Double(value) - loss(rows)) < 1e-4, "seed \(seed)")
        let step = 1e-5
        for row in 0..<26 {
            for column in 0..<5 {
                var up = rows
                var down = rows
                up[row][column] += step
                down[row][column] -= step
                let numeric = (loss(up) - loss(down)) / (2 * step)
                let analytic = Double(state.optimizers[0].moments[0][row, column]) / 0.1
                #expect(
                    abs(numeric - analytic) < 5e-4 * max(1, abs(numeric)), "seed \(seed), row \(row), column \(column)")
            }
        }
    }

    @Test("The gradient of every token's weight equals finite differences of the loss along the token's row.")
    func tokenWeights() throws {
        let seed = freshSeed()
        let example = try Case(seed: seed, separate: false)
        var state = try TrainingState(example.model)
        let objective = TrainingObjective(temperature: example.temperature)
        _ = state.step(
            example.batch, set: example.set, objective: objective, rates: .init(weights: 0, tokenWeights: 0.01),
            threads: 2)
        let queries = example.batch.queries.map { example.tokens(example.set.queryTokens.bags, $0) }
        let documents = example.batch.documents.map { example.tokens(example.set.documentTokens.bags, $0) }
        let table = example.model.documentEncoder.table
        let rows = (0..<table.rows).map { table.row($0).map(Double.init) }
        let step = 1e-5
        for row in 0..<26 {
            func scaled(_ by: Double) -> Double {
                var changed = rows
                changed[row] = rows[row].map { $0 * (1 + by) }
                return example.loss(changed, changed, queries: queries, documents: documents)
            }
            let numeric = (scaled(step) - scaled(-step)) / (2 * step)
            // The first moment after the first step is (1 − β₁) times the gradient.
            let analytic = Double(state.optimizers[0].lengthMoments[row, 0]) / 0.1
            #expect(abs(numeric - analytic) < 2e-4 * max(1, abs(numeric)), "seed \(seed), row \(row)")
            // The first step of Adam is the rate against the sign of the gradient; the row's direction stays.
            let factor = Double(state.optimizers[0].table[row, 0]) / rows[row][0]
            if abs(numeric) > 1e-4 {
                #expect(abs(factor - (numeric > 0 ? exp(-0.01) : exp(0.01))) < 1e-4, "seed \(seed)")
            }
            for column in 0..<5 {
                let value = Double(state.optimizers[0].table[row, column])
                #expect(abs(value - factor * rows[row][column]) < 1e-5, "seed \(seed), row \(row)")
            }
        }
    }
}
