import DecoyTestSupport
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Transformers in the trainer")
struct TransformerTowersTests {
    private let task = ToyTask(subjects: 20, seed: 6)
    private var pool: [DocumentID] { task.documents.map(\.id) }

    /// The gradients of all trained parameters of all towers.
    private func gradients(_ state: TrainingState) throws -> [[Float]] {
        let towers = try #require(state.towers as? TransformerTowers)
        return towers.trainers.flatMap { trainer in
            trainer.trained.map { trainer.gradients.matrices[$0].allValues }
        }
    }

    /// The largest difference of gradients as a share of the largest value.
    private func error(_ found: [[Float]], _ wanted: [[Float]]) -> Float {
        guard found.map(\.count) == wanted.map(\.count) else { return .infinity }
        let scale = wanted.joined().map(abs).max() ?? 0
        return (zip(found.joined(), wanted.joined()).map { abs($0 - $1) }.max() ?? 0) / scale
    }

    private func accumulate(
        _ state: inout TrainingState, _ pairs: [TrainingSet.Pair], share: Float = 1, _ set: TrainingSet,
        _ options: TrainingOptions
    ) -> Float {
        var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
        batch.fill(pairs, set: set, negatives: [])
        return state.accumulate(batch, share: share, set: set, objective: options.objective, threads: options.threads)
    }

    @Test("Every loss falls, with one tower and with two, and the documents asked for come nearer the top.")
    func learns() throws {
        let cases: [(LossKind, Towers)] = [
            (.infonce, .shared), (.infonce, .separate), (.triplet, .shared), (.contrastive, .shared),
            (.marginMSE, .separate), (.kl, .shared),
        ]
        for (loss, towers) in cases {
            let options = ToyTransformer.options {
                $0.loss = loss
                $0.towers = towers
                $0.selection = .all
                $0.epochs = 15
            }
            let start = try ToyTransformer.start(towers)
            var set = try task.set(for: start)
            if loss.needsTeacher { try set.addTeacherScores(task.teacherScores()) }
            let trained = try Trainer(set, options: options, negatives: .random(count: 2, pool: pool)).train(start)
            let losses = trained.report.epochLosses
            #expect((losses.last ?? 9) < 0.8 * losses[0], "\(loss) \(towers): \(losses)")
            #expect(try task.reciprocalRank(trained.model) > task.reciprocalRank(start) + 0.1, "\(loss) \(towers)")
            #expect(trained.report.steps == 45 && trained.adapters.isEmpty && trained.model.towers == towers)
        }
    }

    @Test("Gradients of a batch in parts are those of the whole to rounding, of the same weights and tower by tower.")
    func gradientCache() throws {
        for (towers, rank) in [(Towers.shared, 0), (.separate, 0), (.shared, 2)] {
            func state(_ texts: Int, dropout: Double = 0) throws -> (loss: Float, gradients: [[Float]]) {
                let options = ToyTransformer.options {
                    $0.gradientCache = texts
                    $0.transformer.dropout = dropout
                    $0.transformer.adapterRank = rank
                }
                let start = try ToyTransformer.start(towers, layers: 2)
                let set = try task.set(for: start)
                var state = try TrainingState(start, options: options)
                let loss = accumulate(&state, Array(set.pairs.prefix(7)), set, options)
                return (loss, try gradients(state))
            }
            let whole = try state(0)
            for texts in [1, 3, 7] {
                let parts = try state(texts)
                #expect(parts.loss == whole.loss, "\(towers), \(texts) texts")
                #expect(error(parts.gradients, whole.gradients) < 1e-5, "\(towers), rank \(rank), \(texts) texts")
            }
            #expect(try state(100).gradients == whole.gradients)
            let dropped = try state(3, dropout: 0.2)
            #expect(dropped.gradients != whole.gradients && dropped.gradients.joined().allSatisfy(\.isFinite))
        }
    }

    @Test("With dropout each part of a batch goes forward and backward by the same mask, another one in every part.")
    func cachedDropout() throws {
        let options = ToyTransformer.options {
            $0.gradientCache = 3
            $0.transformer.dropout = 0.3
        }
        let start = try ToyTransformer.start(layers: 2)
        let set = try task.set(for: start)
        var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
        batch.fill(Array(set.pairs.prefix(4)), set: set, negatives: [])
        let sequences =
            batch.queries.map { set.queryTokens.sequences[Int($0)] }
            + batch.documents.map { set.documentTokens.sequences[Int($0)] }
        var towers = try TransformerTowers(start, options: options)
        var byHand = try #require(towers.trainers.first)
        var seeds: Set<UInt64> = []
        for step in [1, 2] {
            var rows = Matrix(rows: 0, columns: 0)
            towers.forward(batch, set: set, step: step, into: &rows, threads: 1)
            towers.backpropagate(rows, threads: 2)
            for (number, first) in stride(from: 0, to: sequences.count, by: 3).enumerated() {
                var random = SeededRandom(seed: options.seed, item: "dropout of step \(step), part \(number)")
                let seed = random.next()
                #expect(seeds.insert(seed).inserted)
                let part = Array(sequences[first..<min(first + 3, sequences.count)])
                let own = byHand.forward(part, dropoutSeed: seed, threads: 1)
                byHand.backpropagate(own, threads: 1)
                #expect(own.allValues == rows.rows(first..<(first + part.count)).allValues)
            }
            let trainer = towers.trainers[0]
            for index in trainer.trained {
                #expect(trainer.gradients.matrices[index].allValues == byHand.gradients.matrices[index].allValues)
            }
            towers.step(step, rate: 0.01, weightRate: 0, threads: 1)
            _ = byHand.step(step, rate: 0.01, threads: 1)
        }
    }

    @Test("A step of two batches takes the sum of their gradients, each weighted by its pairs.")
    func accumulation() throws {
        let options = ToyTransformer.options {
            $0.accumulation = 2
            $0.batchSize = 14
            $0.epochs = 1
        }
        let start = try ToyTransformer.start()
        let set = try task.set(for: start)
        let batches = BatchPlanner.batches(set, batchSize: options.batchSize, epoch: 0, seed: options.seed)
        #expect(batches.map(\.count) == [14, 6])
        var together = try TrainingState(start, options: options)
        var sum: [[Float]] = []
        var mean: Float = 0
        for batch in batches {
            let share = Float(batch.count) / 20
            var alone = try TrainingState(start, options: options)
            mean += share * accumulate(&alone, batch, set, options)
            let own = try gradients(alone).map { $0.map { share * $0 } }
            sum = sum.isEmpty ? own : zip(sum, own).map { zip($0, $1).map(+) }
            _ = accumulate(&together, batch, share: share, set, options)
        }
        #expect(error(try gradients(together), sum) < 1e-5)
        together.step(options.rates(at: 0, of: 1), threads: 1)
        let trained = try Trainer(set, options: options).train(start)
        #expect(trained.report.steps == 1 && trained.report.epochLosses.count == 1)
        #expect(abs(trained.report.epochLosses[0] - Double(mean)) < 1e-5)
        #expect(trained.model.identity() == together.model(threads: 1).identity())
    }

    @Test("Steps of an odd number of batches end with each epoch, and a learnt temperature moves once a step.")
    func accumulatedEpochs() throws {
        let options = ToyTransformer.options {
            $0.accumulation = 2
            $0.temperatureLearningRate = 0.05
        }
        let start = try ToyTransformer.start()
        let trained = try Trainer(task.set(for: start), options: options).train(start)
        #expect(trained.report.steps == 4 && trained.report.epochLosses.count == 2)
        #expect(trained.report.temperature != options.temperature)
    }

    @Test("The number of threads changes no bit of weights, losses or adapters.")
    func threads() throws {
        for change in Self.variants {
            var bits: [ModelIdentity] = []
            var losses: [[Double]] = []
            var adapters: [[[Float]]] = []
            for threads in [1, 3] {
                var options = ToyTransformer.options(change)
                options.epochs = 1
                options.threads = threads
                let start = try ToyTransformer.start(options.towers, layers: 2)
                let trained = try Trainer(task.set(for: start), options: options, negatives: mining()).train(start)
                bits.append(trained.model.identity())
                losses.append(trained.report.epochLosses)
                adapters.append(trained.adapters.map(\.matrix.allValues))
            }
            #expect(bits[0] == bits[1] && losses[0] == losses[1] && adapters[0] == adapters[1])
        }
    }

    /// Trainings that go through every kind of state.
    static let variants: [@Sendable (inout TrainingOptions) -> Void] = [
        { $0.transformer.dropout = 0.2 },
        {
            $0.towers = .separate
            $0.gradientCache = 3
            $0.transformer.dropout = 0.1
            $0.transformer.recomputes = true
        },
        {
            $0.towers = .separate
            $0.transformer.adapterRank = 2
            $0.transformer.dropout = 0.1
            $0.accumulation = 2
        },
        {
            $0.transformer.frozenLayers = 1
            $0.transformer.precision = .bfloat16
            $0.temperatureLearningRate = 0.05
            $0.optimizer = .adam
        },
    ]

    /// Negatives that the model ranks anew in every epoch.
    private func mining() -> NegativeSource {
        let candidates = Dictionary(uniqueKeysWithValues: task.queries.map { ($0.id, Array(pool.prefix(9))) })
        var mining = ModelMining(candidates: candidates, ownDepth: 3, count: 2, pool: pool)
        mining.refreshEvery = 1
        return .reranked(mining)
    }

    @Test("Texts without any token have zero vectors and no gradient, alone in a part of a batch or beside others.")
    func emptyTexts() throws {
        let folder = try TemporaryFolder()
        let path = try TinyTransformer(words: ToyTransformer.pieces).write(into: folder)
        // Without special tokens nothing stands around a text.
        let pieces = ["[PAD]", "[UNK]", "no-start", "no-end"] + ToyTransformer.pieces.sorted()
        try folder.write("transformer/vocab.txt", pieces.map { $0 + "\n" }.joined())
        let start = DualEncoder(shared: .transformer(try TransformerFolder.read(path)))
        #expect(start.documentEncoder.encode([""])[0].allSatisfy { $0 == 0 })
        var task = task
        task.queries[3].text = ""
        task.documents[5].text = ""
        task.documents[6].text = "  "
        var identities: Set<ModelIdentity> = []
        for texts in [0, 1, 2] {
            let options = ToyTransformer.options {
                $0.gradientCache = texts
                $0.transformer.dropout = 0.1
                $0.epochs = 1
                $0.threads = 2
            }
            let trained = try Trainer(task.set(for: start), options: options).train(start)
            #expect(trained.report.epochLosses.allSatisfy { $0.isFinite })
            let vectors = trained.model.documentEncoder.encode(["", "a b"])
            #expect(vectors[0].allSatisfy { $0 == 0 } && vectors[1].allSatisfy { $0.isFinite })
            identities.insert(trained.model.identity())
        }
        #expect(identities.count == 3)
    }

    @Test("Options of the one kind of encoder are refused by name for the other, and so is what no model can have.")
    func refusals() throws {
        let transformer = try ToyTransformer.start()
        let table = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTransformer.options())
        let (sequences, bags) = (try task.set(for: transformer), try task.set(for: table))
        func expect(_ name: String, _ isTable: Bool, _ change: (inout TrainingOptions) -> Void) {
            let error = #expect(throws: TrainingError.self) {
                try Trainer(isTable ? bags : sequences, options: ToyTransformer.options(change))
                    .train(isTable ? table : transformer)
            }
            guard case .option(name, _, _) = error else {
                Issue.record("\(name): \(String(describing: error))")
                return
            }
        }
        expect("optimizer", false) { $0.optimizer = .adagrad }
        expect("weightLearningRate", false) { $0.weightLearningRate = 0.01 }
        expect("frozenLayers", false) { $0.transformer.frozenLayers = 1 }
        expect("accumulation", true) { $0.accumulation = 2 }
        expect("gradientCache", true) { $0.gradientCache = 2 }
        expect("dropout", false) { $0.transformer.dropout = 1 }
        expect("adapterScale", false) { $0.transformer.adapterScale = 0 }
        expect("accumulation", false) { $0.accumulation = 0 }
        expect("gradientCache", false) { $0.gradientCache = -1 }
    }

    @Test("Texts that were cut for another encoder are refused, not run into.")
    func otherTexts() throws {
        let transformer = try ToyTransformer.start()
        let table = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTransformer.options())
        let fewer = try DualEncoder(
            shared: .transformer(ToyTransformer.encoder { $0.words = ToyTransformer.letters }))
        let shorter = try DualEncoder(shared: .transformer(ToyTransformer.encoder { $0.positions = 4 }))
        for (cut, start) in [(transformer, table), (table, transformer), (transformer, fewer), (transformer, shorter)] {
            let set = try task.set(for: cut)
            #expect(throws: TrainingError.otherEncoder) {
                try Trainer(set, options: ToyTransformer.options()).train(start)
            }
        }
    }

    @Test("A table can guide a transformer and a transformer a table.")
    func guides() throws {
        let transformer = try ToyTransformer.start()
        let table = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTransformer.options())
        for (guiding, start) in [(table, transformer), (transformer, table)] {
            var options = ToyTransformer.options { $0.guideMargin = 0.3 }
            if start.documentEncoder.isTable { options.optimizer = .adam }
            let set = try task.set(for: start)
            let guide = try Guide(guiding, for: set, documents: task.documents, queries: task.queries)
            let plain = try Trainer(set, options: options).train(start)
            let guided = try Trainer(set, options: options, guide: guide).train(start)
            #expect((guided.report.guide?.masked ?? 0) > 0)
            #expect(guided.model.identity() != plain.model.identity())
        }
    }
}
