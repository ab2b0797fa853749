import DecoyTestSupport
import Foundation
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Trainer")
struct TrainerTests {
    static func sources(_ task: ToyTask) -> [NegativeSource] {
        let pool = task.documents.map(\.id)
        let candidates = Dictionary(uniqueKeysWithValues: task.queries.map { ($0.id, Array(pool.prefix(15))) })
        return [
            .inBatch, .random(count: 2, pool: pool), .fixed(candidates, count: 2, pool: pool),
            .fixed(candidates, count: 2, pool: pool, order: .curriculum),
            .reranked(ModelMining(candidates: candidates, ownDepth: 4, count: 2, firstEpochRanks: 2..<9, pool: pool)),
        ]
    }

    @Test(
        "Training on a task that can be learnt finds far more than the untrained model, with every source and both kinds of towers."
    )
    func learns() throws {
        let task = ToyTask(subjects: 40, seed: 6)
        let set = try task.set()
        for towers in Towers.allCases {
            let options = ToyTask.options {
                $0.towers = towers
                $0.epochs = 12
            }
            let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
            let before = try task.reciprocalRank(start)
            for source in Self.sources(task) {
                let trained = try Trainer(set, options: options, negatives: source).train(start)
                let after = try task.reciprocalRank(trained.model)
                #expect(after > before + 0.3, "\(towers) \(source)")
                #expect(trained.report.epochLosses.count == 12 && trained.report.steps == 36)
                #expect((trained.report.epochLosses.last ?? 9) < trained.report.epochLosses[0])
            }
        }
    }

    @Test(
        "The weights are the same bit for bit on one thread and on three, again and again, and whatever the order of the input."
    )
    func deterministic() throws {
        let task = ToyTask(subjects: 50, seed: 9)
        var shuffled = task
        shuffled.documents.reverse()
        shuffled.queries.reverse()
        for source in Self.sources(task) {
            func weights(_ task: ToyTask, threads: Int) throws -> [[Float]] {
                let options = ToyTask.options { $0.threads = threads }
                var statistics = TokenStatistics(vocabularySize: 26)
                statistics.add(task.documents.map(\.contents), tokenizer: ToyTokenizer(), threads: threads)
                let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options, statistics: statistics)
                let table = try Trainer(task.set(threads: threads), options: options, negatives: source).train(start)
                    .model
                    .documentEncoder.table
                return (0..<table.rows).map { table.row($0) }
            }
            let first = try weights(task, threads: 1)
            #expect(try weights(task, threads: 1) == first)
            #expect(try weights(task, threads: 3) == first)
            #expect(try weights(shuffled, threads: 2) == first)
        }
    }

    @Test("The plain product engine trains to the same loss as the platform's.")
    func engines() throws {
        let set = try ToyTask(subjects: 40, seed: 6).set()
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options())
        var losses: [Float] = []
        for engine in [ProductEngine.platform, .reference] {
            var state = try TrainingState(start)
            var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
            batch.fill(set.pairs, set: set, negatives: [])
            for _ in 0..<3 {
                losses.append(
                    state.step(
                        batch, set: set, objective: TrainingObjective(temperature: 0.05), rates: .init(weights: 0.01),
                        threads: 1,
                        engine: engine))
            }
        }
        for step in 0..<3 { #expect(abs(losses[step] - losses[step + 3]) < 1e-3) }
    }

    /// Every loss in a form that trains on the toy task.
    static let objectives: [@Sendable (inout TrainingOptions) -> Void] = [
        { $0.symmetric = true },
        {
            $0.matryoshka = [3, 6, 12]
            $0.temperatureLearningRate = 0.01
        },
        { $0.temperatureLearningRate = 0.01 },
        {
            $0.loss = .triplet
            $0.selection = .all
        },
        { $0.loss = .triplet },
        {
            $0.loss = .triplet
            $0.selection = .semiHard
        },
        {
            $0.loss = .contrastive
            $0.selection = .all
        },
        { $0.loss = .contrastive },
        { $0.loss = .marginMSE },
        {
            $0.loss = .kl
            $0.temperatureLearningRate = 0.01
        },
    ]

    @Test(
        "Every loss falls on a task that can be learnt, finds more than before, and has the same bits on one thread and three."
    )
    func everyLoss() throws {
        let task = ToyTask(subjects: 40, seed: 6)
        var set = try task.set()
        let pool = task.documents.map(\.id)
        try set.addTeacherScores(
            task.queries.map { query in
                let own = task.qrels.relevant(to: query.id)[0]
                let others = pool.filter { $0 != own }
                return Triplet(
                    query: query.id, positive: own, negatives: others, scores: [6] + others.map { _ in 0.0 })
            })
        for (number, change) in Self.objectives.enumerated() {
            var options = ToyTask.options(change)
            options.epochs = 12
            options.learningRate = 0.03
            let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
            let before = try task.reciprocalRank(start)
            let trained = try Trainer(set, options: options, negatives: .random(count: 2, pool: pool)).train(start)
            let losses = trained.report.epochLosses
            #expect((losses.last ?? 9) < 0.8 * losses[0], "objective \(number): \(losses)")
            #expect(try task.reciprocalRank(trained.model) > before + 0.2, "objective \(number)")
            #expect((trained.report.temperature != nil) == (options.temperatureLearningRate > 0))
            options.threads = 3
            let again = try Trainer(set, options: options, negatives: .random(count: 2, pool: pool)).train(start)
            #expect(again.report.epochLosses == losses)
            #expect(again.report.temperature == trained.report.temperature)
            #expect(again.model.identity() == trained.model.identity())
        }
    }

    @Test("A loss that needs a teacher says so where there is none, and options that do not go together are errors.")
    func unfitLosses() throws {
        let set = try ToyTask(subjects: 5, seed: 6).set()
        for loss in [LossKind.marginMSE, .kl] {
            #expect(throws: TrainingError.noTeacherScores(loss: loss.rawValue)) {
                try Trainer(set, options: ToyTask.options { $0.loss = loss })
            }
        }
        let unfit: [(inout TrainingOptions) -> Void] = [
            { $0.margin = 0.1 }, { $0.matryoshka = [4, 2] }, { $0.matryoshka = [0, 2] }, { $0.matryoshka = [13] },
            { $0.batchSize = .max },
            {
                $0.loss = .triplet; $0.margin = -1
            },
            {
                $0.loss = .triplet; $0.symmetric = true
            },
            {
                $0.loss = .contrastive; $0.selection = .semiHard
            }, { $0.positivesPerQuery = 0 },
            {
                $0.loss = .triplet; $0.temperatureLearningRate = 0.1
            }, { $0.teacherTemperature = 0 }, { $0.lexicalWeight = -1 },
            {
                $0.lexicalWeight = 1
                $0.loss = .kl
            },
            {
                $0.lexicalWeight = 1
                $0.symmetric = true
            },
        ]
        for change in unfit {
            #expect(throws: TrainingError.self) { try ToyTask.options(change).validate() }
        }
    }

    @Test("Progress counts steps to their total, and what it throws stops training.")
    func progress() throws {
        struct Stop: Error {}
        let set = try ToyTask(subjects: 20, seed: 6).set()
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: ToyTask.options())
        var steps: [Int] = []
        let trainer = try Trainer(set, options: ToyTask.options())
        _ = try trainer.train(start) { now in
            #expect(now.totalSteps == 8 && now.phase == .training)
            steps.append(now.step)
        }
        #expect(steps == Array(1...8))
        #expect(throws: Stop.self) { try trainer.train(start) { if $0.step == 3 { throw Stop() } } }
    }

    @Test("A learning rate that is far too high stops with an error that says so.")
    func divergence() throws {
        let set = try ToyTask(subjects: 20, seed: 6).set()
        let options = ToyTask.options { $0.learningRate = 1e38 }
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        let error = #expect(throws: TrainingError.self) { try Trainer(set, options: options).train(start) }
        guard case .diverged = error else {
            Issue.record("\(String(describing: error)) is not a divergence")
            return
        }
        #expect(error?.description.contains("learning rate") == true)
    }

    @Test("A batch larger than the pairs is one step, and the height of the panels of scores changes rounding alone.")
    func largeBatch() throws {
        let set = try ToyTask(subjects: 40, seed: 6).set()
        let options = ToyTask.options { $0.batchSize = 1 << 24 }
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        #expect(try Trainer(set, options: options).train(start).report.steps == options.epochs)
        let seed = freshSeed()
        var generator = SeededGenerator(seed: seed)
        let vectors = Matrix(
            columns: 8, values: (0..<(90 * 8)).map { _ in Float.random(in: -1...1, using: &generator) })
        var whole = Matrix(rows: 0, columns: 0)
        for height in [1024, 1, 7, 39, 40] {
            var scoring = ScoreBackpropagation(rowsAtOnce: height)
            var gradient = Matrix(rows: 0, columns: 0)
            var losses: [Float] = []
            scoring.run(vectors: vectors, queries: 40, gradient: &gradient, losses: &losses, threads: 2) {
                row, scores in
                VectorKernels.best.crossEntropy(&scores, target: row, scale: 3, weight: 1)
            }
            if height == 1024 { whole = gradient }
            for row in 0..<90 {
                for column in 0..<8 {
                    #expect(
                        abs(gradient[row, column] - whole[row, column]) <= 1e-5 * max(1, abs(whole[row, column])),
                        "seed \(seed), height \(height)")
                }
            }
        }
        #expect(ScoreBackpropagation.rowsAtOnce(documents: 2048) == 1024)
        #expect(ScoreBackpropagation.rowsAtOnce(documents: 262_144) == 256)
    }

    @Test("The loss has run away after 50 steps in a row above twice the start or equal scores, not before.")
    func runaway() throws {
        var watch = LossWatch()
        watch.take(1, equalScores: 3)
        for _ in 0..<49 { watch.take(6.5, equalScores: 0) }
        #expect(watch.bar == 6 && !watch.isRunaway)
        watch.take(6, equalScores: 0)
        #expect(watch.above == 0)
        for step in 1...50 {
            watch.take(7, equalScores: 0)
            #expect(watch.isRunaway == (step == 50))
        }
        let set = try ToyTask(subjects: 20, seed: 6).set()
        var batch = ContrastiveBatch(documentCount: set.documentIDs.count)
        batch.fill(set.pairs, set: set, negatives: [])
        let equal = TrainingObjective(temperature: 0.05).lossOfEqualScores(batch)
        #expect(abs(equal - log(Double(batch.documents.count))) < 0.2)
        #expect(abs(TrainingObjective(kind: .triplet, temperature: 1).lossOfEqualScores(batch) - 0.2) < 1e-6)
    }

    @Test("Options that cannot work, no pairs, unknown documents and another tokenizer are errors.")
    func errors() throws {
        let task = ToyTask(subjects: 5, seed: 6)
        let set = try task.set()
        #expect(throws: TrainingError.self) { try Trainer(set, options: ToyTask.options { $0.temperature = 0 }) }
        #expect(throws: TrainingError.noPairs) {
            try TrainingSet(documents: task.documents, queries: task.queries, qrels: Qrels(), tokenizer: ToyTokenizer())
        }
        #expect(throws: TrainingError.unknownDocument(id: "d4", query: "q4-0", place: "qrels")) {
            try TrainingSet(
                documents: Array(task.documents.dropLast()), queries: task.queries, qrels: task.qrels,
                tokenizer: ToyTokenizer())
        }
        #expect(throws: TrainingError.duplicateID(id: "d0", kind: "documents")) {
            try TrainingSet(
                documents: task.documents + [task.documents[0]], queries: task.queries, qrels: task.qrels,
                tokenizer: ToyTokenizer())
        }
    }

    @Test("Options survive JSON but for the threads, and what is missing has its default.")
    func options() throws {
        let options = ToyTask.options {
            $0.towers = .separate
            $0.decay = .linear
            $0.loss = .triplet
            $0.margin = 0.3
            $0.selection = .semiHard
            $0.positivesPerQuery = 3
            $0.matryoshka = [2, 8]
            $0.optimizer = .adamw
            $0.weightDecay = 0.5
            $0.threads = 7
        }
        let bytes = try JSONEncoder().encode(options)
        var read = try JSONDecoder().decode(TrainingOptions.self, from: bytes)
        #expect(read.threads == 1)
        read.threads = 7
        #expect(read == options)
        #expect(try JSONDecoder().decode(TrainingOptions.self, from: Data("{}".utf8)) == TrainingOptions())
    }

    @Test("The share of the learning rates rises in warm-up, then stays or falls to 0.")
    func schedule() {
        let options = ToyTask.options {
            $0.learningRate = 1
            $0.warmup = 0.2
        }
        #expect((0..<10).map { options.rateShare(at: $0, of: 10) } == [0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1])
        var falling = options
        falling.decay = .linear
        #expect(
            (0..<10).map { falling.rateShare(at: $0, of: 10) } == [
                0.5, 1, 1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125,
            ])
    }
}
