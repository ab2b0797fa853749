import DecoyTestSupport
import DurableStorage
import Foundation
import NumericKernels
import Testing

@testable import DenseRetrieval

/// The loss of the fixture: Σ vectors · R + Σ vectors² / 2, with the vectors of all ways of pooling one behind the other.
struct FixtureLoss {
    let value: Double
    let gradient: Matrix

    init(_ vectors: Matrix) {
        var random = FixtureNumbers(seed: 2)
        var sum = 0.0
        let factors = random.matrix(vectors.rows, vectors.columns)
        var gradient = vectors
        for row in 0..<vectors.rows {
            for column in 0..<vectors.columns {
                let x = vectors[row, column]
                sum += Double(x) * Double(factors[row, column]) + Double(x) * Double(x) / 2
                gradient[row, column] += factors[row, column]
            }
        }
        value = sum
        self.gradient = gradient
    }
}

/// The generator of the fixture's tensors.
struct FixtureNumbers {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func next() -> Float { (Float(random.next() >> 40) / 0x1p24 - 0.5) / 2 }

    mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        Matrix(columns: columns, values: (0..<(rows * columns)).map { _ in next() })
    }
}

extension TransformerFixture.Case {
    /// The model, pooling in all ways.
    func encoder() throws -> TransformerEncoder {
        let folder = try TemporaryFolder()
        try write(to: folder)
        try folder.write(
            "modules.json", #"[{"type": "m.Transformer", "path": ""}, {"type": "m.Pooling", "path": "1_Pooling"}]"#)
        try folder.write("1_Pooling/config.json", #"{"pooling_mode": ["cls", "max", "mean", "mean_sqrt_len_tokens"]}"#)
        return try TransformerFolder.read(folder.path)
    }

    /// The largest error of norm and products of gradients against PyTorch's, relative to the norm.
    func error(_ expected: [String: [Double]], shapes: [String: [Int]], _ gradient: (String) -> Matrix?) -> Double {
        var random = FixtureNumbers(seed: 3)
        var worst = 0.0
        for name in expected.keys.sorted() {
            guard let found = gradient(name), let values = expected[name], let shape = shapes[name] else { return 1 }
            let rows = (0..<found.rows).flatMap { found.row($0) }
            var sums = [0.0, 0.0, 0.0]
            for factor in 0..<2 {
                for index in 0..<shape.reduce(1, *) {
                    let product = random.next()
                    guard index < rows.count else { return 1 }
                    sums[factor + 1] += Double(rows[index]) * Double(product)
                    if factor == 0 { sums[0] += Double(rows[index]) * Double(rows[index]) }
                }
            }
            sums[0] = sums[0].squareRoot()
            for (sum, value) in zip(sums, values) { worst = max(worst, abs(sum - value) / max(values[0], 0.1)) }
        }
        return worst
    }
}

@Suite("Training of transformers")
struct TransformerTrainingTests {
    private func values(_ matrix: Matrix) -> [Float] { (0..<matrix.rows).flatMap { matrix.row($0) } }
    private let steps = TransformerTrainingOptions(weightDecay: 0.1, clipping: 5)

    @Test("The gradients of every parameter of every family equal those of PyTorch.")
    func gradients() throws {
        let fixture = try TransformerFixture.read()
        for example in fixture.cases {
            var trainer = try TransformerTrainer(example.encoder(), options: steps, seed: 1)
            let vectors = trainer.forward(fixture.sequences, dropoutSeed: 0, threads: 1)
            trainer.backpropagate(FixtureLoss(vectors).gradient, threads: 2)
            let shapes = Dictionary(uniqueKeysWithValues: example.tensors.map { ($0.name, $0.shape) })
            #expect(trainer.trainedNames.sorted() == example.tensors.map(\.name))
            let error = example.error(example.gradients, shapes: shapes) { trainer.gradient(named: $0) }
            #expect(error < 2e-5, "\(trainer.config.family)")
        }
    }

    @Test(
        "The losses of five steps of AdamW with clipping equal those of PyTorch, whatever is kept and however many threads."
    )
    func losses() throws {
        let fixture = try TransformerFixture.read()
        for example in fixture.cases {
            var bits: [[Float]] = []
            for (recomputes, threads) in [(false, 1), (true, 2)] {
                var options = steps
                options.recomputes = recomputes
                var trainer = try TransformerTrainer(example.encoder(), options: options, seed: 1)
                for (index, expected) in example.losses.enumerated() {
                    let vectors = trainer.forward(fixture.sequences, dropoutSeed: 0, threads: threads)
                    let loss = FixtureLoss(vectors)
                    #expect(abs(loss.value - expected) < 1e-4 * expected, "\(trainer.config.family)")
                    trainer.backpropagate(loss.gradient, threads: threads)
                    #expect(trainer.step(index + 1, rate: 0.01, threads: threads) > 5)
                }
                #expect(trainer.isFinite)
                bits.append(values(trainer.pooled(fixture.sequences, dropoutSeed: 0, threads: threads)))
            }
            #expect(bits[0] == bits[1])
        }
    }

    @Test(
        "Adapters get the gradients that PyTorch gives them, they alone change, and merged they are what was applied.")
    func adapters() throws {
        let fixture = try TransformerFixture.read()
        for example in fixture.cases {
            let start = try example.encoder()
            var options = steps
            (options.adapterRank, options.adapterScale) = (2, 6)
            var trainer = try TransformerTrainer(start, options: options, seed: 1)
            #expect(
                values(trainer.encoder.model.hiddenStates(PackedSequences(fixture.sequences)))
                    == values(start.model.hiddenStates(PackedSequences(fixture.sequences))))
            var random = FixtureNumbers(seed: 4)
            var matrices = trainer.matrices
            let count = matrices.count / 3
            #expect(count == 24 && trainer.adapters.count == count)
            for index in 0..<count { matrices[index] = random.matrix(matrices[index].rows, matrices[index].columns) }
            trainer.restore(matrices)
            let vectors = trainer.forward(fixture.sequences, dropoutSeed: 0, threads: 1)
            let loss = FixtureLoss(vectors)
            #expect(abs(loss.value - example.adapters.loss) < 1e-4 * loss.value)
            trainer.backpropagate(loss.gradient, threads: 1)
            let shapes = Dictionary(
                uniqueKeysWithValues: trainer.adapters.map {
                    (String($0.name.dropFirst("base_model.model.".count)), [$0.matrix.rows, $0.matrix.columns])
                })
            #expect(shapes.keys.sorted() == example.adapters.gradients.keys.sorted())
            let error = example.error(example.adapters.gradients, shapes: shapes) { trainer.gradient(named: $0) }
            #expect(error < 2e-5, "\(trainer.config.family)")
            _ = trainer.step(1, rate: 0.01, threads: 1)
            let after = trainer.encoder
            #expect(values(after.model.weights.tokens) == values(start.model.weights.tokens))
            #expect(after.model.weights.layers[0].inner.bias == start.model.weights.layers[0].inner.bias)
            let merged = after.encodeRows(fixture.sequences)
            let applied = trainer.pooled(fixture.sequences, dropoutSeed: 0, threads: 1)
            let differences = zip(values(merged), values(applied)).map { abs($0 - $1) }
            #expect((differences.max() ?? 1) < 1e-4)
        }
    }

    @Test("Dropout's gradient is that of the loss, and the rows are the same whether they are kept or not.")
    func dropout() throws {
        let fixture = try TransformerFixture.read()
        let sequences = Array(fixture.sequences.prefix(3))
        for example in [fixture.cases[1], fixture.cases[4]] {
            var options = TransformerTrainingOptions(dropout: 0.2, clipping: 0, recomputes: true)
            var trainer = try TransformerTrainer(example.encoder(), options: options, seed: 1)
            let vectors = trainer.forward(sequences, dropoutSeed: 7, threads: 1)
            trainer.backpropagate(FixtureLoss(vectors).gradient, threads: 1)
            #expect(values(vectors) == values(trainer.pooled(sequences, dropoutSeed: 7, threads: 2)))
            #expect(values(vectors) != values(trainer.pooled(sequences, dropoutSeed: 8, threads: 1)))
            options.recomputes = false
            var other = try TransformerTrainer(example.encoder(), options: options, seed: 1)
            _ = other.forward(sequences, dropoutSeed: 7, threads: 2)
            other.backpropagate(FixtureLoss(vectors).gradient, threads: 2)
            for index in trainer.trained {
                #expect(values(trainer.gradients.matrices[index]) == values(other.gradients.matrices[index]))
            }
            // Central differences along the gradient of each parameter.
            for index in trainer.trained {
                let gradient = trainer.gradients.matrices[index]
                let square = values(gradient).reduce(0.0) { $0 + Double($1) * Double($1) }
                guard square > 1e-2 else { continue }
                let reach = 2e-3 / square.squareRoot()
                func loss(_ side: Double) -> Double {
                    var moved = trainer
                    for row in 0..<gradient.rows {
                        for column in 0..<gradient.columns {
                            moved.parameters.matrices[index][row, column] += Float(side * reach) * gradient[row, column]
                        }
                    }
                    moved.refreshOperands(threads: 1)
                    return FixtureLoss(moved.pooled(sequences, dropoutSeed: 7, threads: 1)).value
                }
                let slope = (loss(1) - loss(-1)) / (2 * reach)
                #expect(abs(slope - square) < 0.03 * square, "\(trainer.parameters.places[index])")
            }
        }
    }

    @Test("Frozen layers and embeddings keep their bits, and the gradients above are the same.")
    func frozen() throws {
        let fixture = try TransformerFixture.read()
        for example in [fixture.cases[0], fixture.cases[4]] {
            let start = try example.encoder()
            var whole = try TransformerTrainer(start, options: steps, seed: 1)
            let loss = FixtureLoss(whole.forward(fixture.sequences, dropoutSeed: 0, threads: 1))
            whole.backpropagate(loss.gradient, threads: 1)
            for (layers, embeddings) in [(1, false), (0, true)] {
                var options = steps
                (options.frozenLayers, options.freezesEmbeddings) = (layers, embeddings)
                var trainer = try TransformerTrainer(start, options: options, seed: 1)
                _ = trainer.forward(fixture.sequences, dropoutSeed: 0, threads: 1)
                trainer.backpropagate(loss.gradient, threads: 1)
                for index in trainer.trained {
                    #expect(values(trainer.gradients.matrices[index]) == values(whole.gradients.matrices[index]))
                }
                _ = trainer.step(1, rate: 0.1, threads: 1)
                let before = TransformerParameters(start.model.weights, config: start.config)
                for (index, place) in trainer.parameters.places.enumerated() where before.matrices[index].rows > 0 {
                    let isSame = values(before.matrices[index]) == values(trainer.parameters.matrices[index])
                    #expect(isSame != trainer.gradients.isTrained[index], "\(place)")
                }
            }
        }
    }

    @Test("Gradients add up over parts of a batch, and a restored trainer goes on with the same bits.")
    func accumulation() throws {
        let fixture = try TransformerFixture.read()
        let encoder = try fixture.cases[3].encoder()
        var whole = try TransformerTrainer(encoder, options: TransformerTrainingOptions(), seed: 1)
        let gradient = FixtureLoss(whole.forward(fixture.sequences, dropoutSeed: 0, threads: 1)).gradient
        whole.backpropagate(gradient, threads: 1)
        var parts = try TransformerTrainer(encoder, options: TransformerTrainingOptions(), seed: 1)
        for row in fixture.sequences.indices {
            _ = parts.forward([fixture.sequences[row]], dropoutSeed: 0, threads: 1)
            parts.backpropagate(Matrix(columns: gradient.columns, values: gradient.row(row)), threads: 1)
        }
        for index in whole.trained {
            let pairs = zip(values(whole.gradients.matrices[index]), values(parts.gradients.matrices[index]))
            #expect((pairs.map { abs($0 - $1) }.max() ?? 1) < 1e-4)
        }
        _ = whole.step(1, rate: 0.01, threads: 1)
        var restored = try TransformerTrainer(encoder, options: TransformerTrainingOptions(), seed: 1)
        restored.restore(whole.matrices)
        for index in [0, 1] {
            var trainer = index == 0 ? whole : restored
            _ = trainer.forward(fixture.sequences, dropoutSeed: 0, threads: 1)
            trainer.backpropagate(gradient, threads: 1)
            _ = trainer.step(2, rate: 0.01, threads: 1)
            if index == 0 { whole = trainer } else { restored = trainer }
        }
        #expect(whole.matrices.map(values) == restored.matrices.map(values))
    }

    @Test("Products of bfloat16 give nearly the same gradients.")
    func bfloat16() throws {
        let fixture = try TransformerFixture.read()
        var options = steps
        options.precision = .bfloat16
        let example = fixture.cases[0]
        var trainer = try TransformerTrainer(example.encoder(), options: options, seed: 1)
        let vectors = trainer.forward(fixture.sequences, dropoutSeed: 0, threads: 1)
        trainer.backpropagate(FixtureLoss(vectors).gradient, threads: 1)
        let shapes = Dictionary(uniqueKeysWithValues: example.tensors.map { ($0.name, $0.shape) })
        let error = example.error(example.gradients, shapes: shapes) { trainer.gradient(named: $0) }
        #expect(error > 1e-5 && error < 0.05)
    }

    @Test("Options that do not fit the model are refused by name.")
    func refusals() throws {
        let encoder = try TransformerFixture.read().cases[0].encoder()
        for (options, name) in [
            (TransformerTrainingOptions(dropout: 1), "dropout"), (.init(weightDecay: -1), "weightDecay"),
            (.init(clipping: -.infinity), "clipping"), (.init(frozenLayers: 2), "frozenLayers"),
            (.init(adapterRank: -1), "adapterRank"), (.init(adapterScale: 0), "adapterScale"),
        ] {
            let error = #expect(throws: TrainingError.self) {
                try TransformerTrainer(encoder, options: options, seed: 1)
            }
            #expect(error?.description.contains(name) == true)
        }
    }
}
