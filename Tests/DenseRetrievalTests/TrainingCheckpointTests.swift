import DecoyTestSupport
import DurableStorage
import Foundation
import Testing

@testable import DenseRetrieval

@Suite("Checkpoints of a training")
struct TrainingCheckpointTests {
    private struct Stop: Error {}

    private let task = ToyTask(subjects: 40, seed: 6)

    private func options(_ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
        ToyTask.options {
            $0.weightLearningRate = 0.01
            $0.warmup = 0.1
            $0.decay = .cosine
            change(&$0)
        }
    }

    private func train(
        _ folder: TemporaryFolder, source: NegativeSource = .inBatch, options: TrainingOptions? = nil, every: Int = 1,
        resumes: Bool = false, program: String = "1", task: ToyTask? = nil, stopAt: Int? = nil
    ) throws -> TrainedModel {
        let options = options ?? self.options()
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        let checkpoints = try TrainingCheckpoints(
            path: folder.path("c"), every: every, resumes: resumes, replaces: !resumes, program: program)
        return try Trainer((task ?? self.task).set(), options: options, negatives: source)
            .train(start, checkpoints: checkpoints) { if $0.step == stopAt, $0.phase == .training { throw Stop() } }
    }

    @Test(
        "Stopped after any step and resumed on other threads, with every source and both kinds of towers, the weights and the report are those of an uninterrupted training."
    )
    func anyStep() throws {
        let folder = try TemporaryFolder()
        for towers in Towers.allCases {
            for source in TrainerTests.sources(task) {
                let options = options { $0.towers = towers }
                let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
                let whole = try Trainer(task.set(), options: options, negatives: source).train(start)
                for stop in 1...12 {
                    let note = "\(towers) \(source) stopped at \(stop)"
                    #expect(throws: Stop.self) {
                        try train(folder, source: source, options: options, every: 1 + stop % 3, stopAt: stop)
                    }
                    var other = options
                    other.threads = 1 + stop % 2
                    let resumed = try train(folder, source: source, options: other, resumes: true)
                    #expect(resumed.model.identity() == whole.model.identity(), "\(note)")
                    #expect(resumed.report.epochLosses == whole.report.epochLosses, "\(note)")
                    #expect(resumed.report.minedNegatives == whole.report.minedNegatives, "\(note)")
                    #expect(resumed.report.steps == 12, "\(note)")
                }
            }
        }
    }

    @Test("Every optimizer goes on where it was; another decay is another training.", arguments: OptimizerKind.allCases)
    func optimizers(_ kind: OptimizerKind) throws {
        let folder = try TemporaryFolder()
        let options = options { $0.optimizer = kind }
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        let whole = try Trainer(task.set(), options: options).train(start)
        #expect(throws: Stop.self) { try train(folder, options: options, stopAt: 7) }
        if kind == .adamw {
            var other = options
            other.weightDecay = 0.5
            let error = #expect(throws: TrainingError.self) { try train(folder, options: other, resumes: true) }
            #expect(error?.description.contains("weightDecay (none, now 0.5)") == true)
        }
        let resumed = try train(folder, options: options, resumes: true)
        #expect(resumed.model.identity() == whole.model.identity())
    }

    @Test("Negatives that are chosen every five steps are chosen before steps 1, 6 and 11, resumed or not.")
    func refreshSteps() throws {
        let folder = try TemporaryFolder()
        var mining = ModelMining(
            candidates: Dictionary(uniqueKeysWithValues: task.queries.map { ($0.id, task.documents.map(\.id)) }),
            pool: task.documents.map(\.id))
        mining.refreshSteps = 5
        let whole = try train(folder, source: .reranked(mining))
        #expect(whole.report.steps == 12 && whole.report.refreshes == 3)
        for stop in [4, 5, 6, 10] {
            #expect(throws: Stop.self) { try train(folder, source: .reranked(mining), stopAt: stop) }
            let resumed = try train(folder, source: .reranked(mining), resumes: true)
            #expect(resumed.model.identity() == whole.model.identity(), "stopped at \(stop)")
            #expect(resumed.report.refreshes == 3, "stopped at \(stop)")
        }
        mining.refreshSteps = 0
        #expect(try train(folder, source: .reranked(mining)).model.identity() != whole.model.identity())
        mining.refreshSteps = -1
        #expect(throws: TrainingError.self) { try train(folder, source: .reranked(mining)) }
    }

    @Test("A learnt temperature goes on where it was.")
    func learntTemperature() throws {
        let folder = try TemporaryFolder()
        let options = options { $0.temperatureLearningRate = 0.05 }
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        let whole = try Trainer(task.set(), options: options, negatives: .inBatch).train(start)
        #expect(whole.report.temperature != nil && whole.report.temperature != options.temperature)
        for stop in [1, 5, 11] {
            #expect(throws: Stop.self) { try train(folder, options: options, every: 1, stopAt: stop) }
            let resumed = try train(folder, options: options, resumes: true)
            #expect(resumed.model.identity() == whole.model.identity(), "stopped at \(stop)")
            #expect(resumed.report.temperature == whole.report.temperature, "stopped at \(stop)")
        }
    }

    @Test(
        "Two checkpoints are kept; a damaged one falls back to the one before, and without a good one the damage is said."
    )
    func damage() throws {
        let folder = try TemporaryFolder()
        let whole = try train(folder)
        #expect(throws: Stop.self) { try train(folder, stopAt: 8) }
        let names = try folder.files().filter { $0.hasSuffix(".state") }
        #expect(names == ["c/step-000000000006.state", "c/step-000000000007.state"])
        try folder.write("c/step-000000000008.state.partial", "half")
        var random = SeededGenerator(seed: freshSeed())
        let good = try folder.bytes(names[1])
        for round in 0..<6 {
            var bad = good
            bad[Int.random(in: 0..<bad.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            if round == 0 { bad = Array(bad.prefix(bad.count / 2)) }
            if round == 1 { bad = [] }
            try folder.write(names[1], bad)
            let resumed = try train(folder, every: 0, resumes: true)
            #expect(resumed.model.identity() == whole.model.identity(), "seed \(random.seed), round \(round)")
        }
        #expect(try !folder.files().contains { $0.hasSuffix(".partial") })
        try folder.write(names[0], "")
        let error = #expect(throws: StorageError.self) { try train(folder, resumes: true) }
        #expect(error?.description.contains("step-") == true)
    }

    @Test("Other options, data, negatives or another program are refused, and the error says which.")
    func refused() throws {
        let folder = try TemporaryFolder()
        #expect(throws: Stop.self) { try train(folder, stopAt: 5) }
        func expect(_ part: String, _ body: () throws -> TrainedModel) {
            let error = #expect(throws: TrainingError.self) { _ = try body() }
            #expect(error?.description.contains(part) == true, "\(String(describing: error))")
        }
        expect("temperature (0.05, now 0.5)") {
            try train(folder, options: options { $0.temperature = 0.5 }, resumes: true)
        }
        expect("optimizer (adam, now adagrad)") {
            try train(folder, options: options { $0.optimizer = .adagrad }, resumes: true)
        }
        expect("program (1, now 2)") { try train(folder, resumes: true, program: "2") }
        expect("the negatives") {
            try train(folder, source: .random(count: 1, pool: task.documents.map(\.id)), resumes: true)
        }
        expect("the documents or queries") { try train(folder, resumes: true, task: ToyTask(subjects: 40, seed: 7)) }
        var fewer = task
        fewer.qrels.judge(query: "q3-0", document: "d5", grade: 1)
        expect("the training pairs") { try train(folder, resumes: true, task: fewer) }
        #expect(throws: TrainingError.checkpointsExist(path: folder.path("c"))) {
            try TrainingCheckpoints(path: folder.path("c"), every: 1)
        }
    }

    @Test("A loss that runs away stops training, names the last good checkpoint, and a lower rate is another training.")
    func runaway() throws {
        let folder = try TemporaryFolder()
        // A good start, whose rows each step replaces: a low temperature makes wrong answers dear.
        let sound = ToyTask.options {
            $0.epochs = 60
            $0.temperature = 0.01
            $0.batchSize = 6
        }
        let good = try Trainer(task.set(), options: sound).train(
            DualEncoder(tokenizer: ToyTokenizer(), options: sound))
        var wild = sound
        wild.optimizer = .adamw
        wild.learningRate = 1
        wild.weightDecay = 2.3
        wild.epochs = 60
        wild.batchSize = 8
        func train(_ options: TrainingOptions, resumes: Bool = false) throws -> TrainedModel {
            let checkpoints = try TrainingCheckpoints(path: folder.path("c"), every: 1, resumes: resumes)
            return try Trainer(task.set(), options: options).train(good.model, checkpoints: checkpoints)
        }
        let error = #expect(throws: TrainingError.self) { try train(wild) }
        guard case .diverged(let divergence) = error, case .runaway(let bar, 50) = divergence.cause else {
            Issue.record("\(String(describing: error)) is not a runaway loss")
            return
        }
        #expect(Double(divergence.loss) > bar && divergence.learningRate == 1)
        let path = try #require(divergence.checkpoint)
        #expect(path.hasPrefix(folder.path("c")) && "\(divergence)".contains("checkpoint is \(path)"))
        let name = try #require(path.split(separator: "/").last).description
        let header = try TrainingStateFile.header(name, in: FileSystemDirectory(path: folder.path("c")))
        #expect(header.step <= divergence.step - 50 && header.watch?.above == 0)
        let again = #expect(throws: TrainingError.self) { try train(wild, resumes: true) }
        #expect(again == error)
        var lower = wild
        lower.learningRate = 0.01
        let refusal = #expect(throws: TrainingError.self) { try train(lower, resumes: true) }
        #expect(refusal?.description.contains("learningRate (1, now 0.01)") == true)
    }

    @Test("A training that diverges leaves the last good checkpoint; one that is told to stop writes its own.")
    func stopping() throws {
        let folder = try TemporaryFolder()
        let wild = options { $0.learningRate = 1e25 }
        let error = #expect(throws: TrainingError.self) { try train(folder, options: wild) }
        guard case .diverged = error else {
            Issue.record("\(String(describing: error)) is not a divergence")
            return
        }
        for name in try folder.files().filter({ $0.hasSuffix(".state") }) {
            let header = try TrainingStateFile.header(
                String(name.dropFirst(2)), in: FileSystemDirectory(path: folder.path("c")))
            #expect(header.step < 12 && header.lossSum.isFinite)
        }
        let checkpoints = try TrainingCheckpoints(
            path: folder.path("d"), every: 0, isInterrupted: { true })
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options())
        #expect(throws: TrainingError.interrupted(step: 1, path: folder.path("d"))) {
            try Trainer(task.set(), options: options()).train(start, checkpoints: checkpoints)
        }
        #expect(checkpoints.lastStep == 1)
        try checkpoints.remove()
        #expect(try !folder.files().contains { $0.hasPrefix("d/") })
    }
}
