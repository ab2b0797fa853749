import DecoyTestSupport
import RetrievalData
import Synchronization
import Testing

@testable import DenseRetrieval

@Suite("Checkpoints of a transformer's training")
struct TransformerResumptionTests {
    private struct Stop: Error {}

    private let task = ToyTask(subjects: 16, seed: 6)

    private func mining() -> NegativeSource {
        let pool = task.documents.map(\.id)
        let candidates = Dictionary(uniqueKeysWithValues: task.queries.map { ($0.id, Array(pool.prefix(9))) })
        var mining = ModelMining(candidates: candidates, ownDepth: 3, count: 2, pool: pool)
        mining.refreshEvery = 1
        return .reranked(mining)
    }

    /// Trains with checkpoints in a folder, or without, up to a step.
    private func train(
        _ options: TrainingOptions, in folder: TemporaryFolder? = nil, resumes: Bool = false, stopAt: Int? = nil,
        every: Int = 1, start: DualEncoder? = nil, dev: DevEvaluation? = nil
    ) throws -> TrainedModel {
        let start = try start ?? ToyTransformer.start(options.towers, layers: 2)
        let checkpoints = try folder.map {
            try TrainingCheckpoints(path: $0.path("c"), every: every, resumes: resumes, replaces: !resumes)
        }
        return try Trainer(task.set(for: start), options: options, negatives: mining())
            .train(start, checkpoints: checkpoints, dev: dev) {
                if $0.step == stopAt, $0.phase == .training { throw Stop() }
            }
    }

    @Test(
        "Stopped after any step and resumed on other threads, weights, adapters and report are those of an uninterrupted training.",
        arguments: TransformerTowersTests.variants.indices)
    func anyStep(_ variant: Int) throws {
        let folder = try TemporaryFolder()
        var options = ToyTransformer.options(TransformerTowersTests.variants[variant])
        options.epochs = 2 * options.accumulation
        let whole = try train(options)
        #expect(whole.report.steps == 4)
        #expect(whole.adapters.isEmpty == (options.transformer.adapterRank == 0))
        for stop in 1..<whole.report.steps {
            #expect(throws: Stop.self) { try train(options, in: folder, stopAt: stop, every: 1 + (stop + 1) % 2) }
            var other = options
            other.threads = 2
            let resumed = try train(other, in: folder, resumes: true)
            #expect(resumed.model.identity() == whole.model.identity(), "stopped at \(stop)")
            #expect(resumed.adapters.map(\.matrix.allValues) == whole.adapters.map(\.matrix.allValues))
            #expect(resumed.report.epochLosses == whole.report.epochLosses, "stopped at \(stop)")
            #expect(resumed.report.temperature == whole.report.temperature, "stopped at \(stop)")
            #expect(resumed.report.refreshes == whole.report.refreshes, "stopped at \(stop)")
        }
    }

    @Test("Another clipping, dropout, rank, cache, accumulation, limit or prompt is another training.")
    func otherTraining() throws {
        let folder = try TemporaryFolder()
        let options = ToyTransformer.options()
        #expect(throws: Stop.self) { try train(options, in: folder, stopAt: 2) }
        let changes: [(String, (inout TrainingOptions) -> Void)] = [
            ("transformer.clipping (1, now 2)", { $0.transformer.clipping = 2 }),
            ("transformer.dropout (0, now 0.5)", { $0.transformer.dropout = 0.5 }),
            ("transformer.adapterRank (0, now 1)", { $0.transformer.adapterRank = 1 }),
            ("transformer.precision (", { $0.transformer.precision = .bfloat16 }),
            ("accumulation (1, now 2)", { $0.accumulation = 2 }),
            ("gradientCache (0, now 2)", { $0.gradientCache = 2 }),
        ]
        for (text, change) in changes {
            var other = options
            change(&other)
            let error = #expect(throws: TrainingError.self) { try train(other, in: folder, resumes: true) }
            #expect(error?.description.contains(text) == true, "\(String(describing: error))")
        }
        let start = try ToyTransformer.start(layers: 2)
        for other in [
            try start.configured(longestSequence: 5), try start.configured(prompts: [.query: "a "]),
            try ToyTransformer.start(layers: 1),
        ] {
            let error = #expect(throws: TrainingError.self) {
                try train(options, in: folder, resumes: true, start: other)
            }
            #expect(error?.description.contains("the model it starts from") == true, "\(String(describing: error))")
        }
        #expect(try train(options, in: folder, resumes: true).report.steps == 4)
    }

    /// An evaluation whose best is the second, and the models that it saw, by their steps' figures.
    private func evaluation(keepsBest: Bool, seen: Seen) -> DevEvaluation {
        DevEvaluation(every: 1, keepsBest: keepsBest, name: "toy") { model in
            let identity = model.identity()
            return seen.models.withLock { models in
                let place = models.firstIndex(of: identity) ?? models.count
                if place == models.count { models.append(identity) }
                return place == 1 ? 1 : 0.5
            }
        }
    }

    private final class Seen: Sendable {
        let models = Mutex<[ModelIdentity]>([])
    }

    @Test("The best model by dev is kept across a resumption, merged from the adapters beside it; the last one too.")
    func best() throws {
        let folder = try TemporaryFolder()
        for (keepsBest, rank) in [(true, 2), (true, 0), (false, 2)] {
            let options = ToyTransformer.options { $0.transformer.adapterRank = rank }
            let seen = Seen()
            let dev = evaluation(keepsBest: keepsBest, seen: seen)
            let whole = try train(options, dev: dev)
            let models = seen.models.withLock { $0 }
            #expect(models.count == 4 && whole.report.bestEvaluation == 1)
            #expect(whole.model.identity() == models[keepsBest ? 1 : 3])
            for stop in 1..<4 {
                #expect(throws: Stop.self) { try train(options, in: folder, stopAt: stop, dev: dev) }
                let resumed = try train(options, in: folder, resumes: true, dev: dev)
                #expect(resumed.model.identity() == whole.model.identity(), "stopped at \(stop)")
                #expect(resumed.adapters.map(\.matrix.allValues) == whole.adapters.map(\.matrix.allValues))
            }
            guard rank > 0 else { continue }
            let error = try mergingError(whole, options)
            #expect(error < 1e-6, "adapters that are merged by hand differ by \(error)")
        }
    }

    /// The largest difference between a trained model's linear layers and those of the start with the adapters added by hand.
    private func mergingError(_ trained: TrainedModel, _ options: TrainingOptions) throws -> Float {
        let folder = try TemporaryFolder()
        let start = try ToyTransformer.start(options.towers, layers: 2)
        try Checkpoint.write(start, to: folder.path("start"))
        let adapters = try #require(AdapterWeights(trained, options: options, base: "start"))
        try Checkpoint.write(trained.model, adapters: adapters, to: folder.path("trained"))
        let before = try SafetensorsFile(path: folder.path("start/model.safetensors"))
        let after = try SafetensorsFile(path: folder.path("trained/model.safetensors"))
        let factors = try SafetensorsFile(path: folder.path("trained/adapter/adapter_model.safetensors"))
        let scale = Float(options.transformer.adapterScale) / Float(options.transformer.adapterRank)
        let names = factors.tensors.keys.filter { $0.hasSuffix(".lora_A.weight") }
        #expect(names.count == 2 * 6 && factors.tensors.count == 2 * names.count)
        var worst: Float = 0
        for name in names {
            let base = name.dropFirst("base_model.model.".count).dropLast(".lora_A.weight".count)
            let a = try factors.matrix(name)
            let b = try factors.matrix("base_model.model.\(base).lora_B.weight")
            let (old, new) = try (before.matrix(base + ".weight"), after.matrix(base + ".weight"))
            #expect(a.rows == options.transformer.adapterRank && b.allValues.contains { $0 != 0 })
            for row in 0..<old.rows {
                for column in 0..<old.columns {
                    let product = (0..<a.rows).reduce(Float(0)) { $0 + b[row, $1] * a[$1, column] }
                    worst = max(worst, abs(old[row, column] + scale * product - new[row, column]))
                }
            }
        }
        return worst
    }
}
