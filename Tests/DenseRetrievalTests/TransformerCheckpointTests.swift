import DecoyTestSupport
import DurableStorage
import NumericKernels
import RetrievalData
import Testing

@testable import DenseRetrieval

@Suite("Model folders of transformers")
struct TransformerCheckpointTests {
    private let task = ToyTask(subjects: 10, seed: 4)
    private let texts = ["abc", "nop q", "", "zzz a 1", String(repeating: "a", count: 90)]

    private func trained(
        _ towers: Towers, rank: Int = 0, start: DualEncoder? = nil
    ) throws -> (model: TrainedModel, options: TrainingOptions) {
        let options = ToyTransformer.options {
            $0.towers = towers
            $0.epochs = 1
            $0.transformer.adapterRank = rank
        }
        let start = try start ?? ToyTransformer.start(towers)
        return (try Trainer(task.set(for: start), options: options).train(start), options)
    }

    private func vectors(_ model: DualEncoder) -> [[Float]] {
        model.queryEncoder.encode(texts, as: .query) + model.documentEncoder.encode(texts, as: .document)
    }

    @Test(
        "A trained model is read back with the same vectors, limits and prompts, equal models give equal bytes, and another program's reader takes each tower.",
        arguments: Towers.allCases)
    func roundTrip(_ towers: Towers) throws {
        let folder = try TemporaryFolder()
        let start = try ToyTransformer.start(towers).configured(
            longestSequence: 7, prompts: [.query: "q ", .document: "d "])
        for name in ["a", "b"] {
            let (trained, options) = try trained(towers, rank: 2, start: start)
            try Checkpoint.write(
                trained.model, record: ModelRecord(options: options, report: trained.report, data: "toy", program: "1"),
                adapters: AdapterWeights(trained, options: options, base: "base"), to: folder.path(name))
        }
        let model = try trained(towers, rank: 2, start: start).model.model
        let found = try Checkpoint.read(folder.path("a"))
        #expect(vectors(found.model) == vectors(model) && vectors(model) != vectors(start))
        #expect(found.model.towers == towers && found.model.identity() == model.identity())
        #expect(found.record.identity == model.identity() && found.record.options.transformer.adapterRank == 2)
        let inner = try folder.files().filter { $0.hasPrefix("a/") }.map { $0.dropFirst(2) }
        #expect(inner.contains("adapter/adapter_config.json") && inner.contains("1_Pooling/config.json"))
        #expect(inner.contains("query_tower/modules.json") == (towers == .separate))
        #expect(Set(found.record.files.keys) == Set(inner.map(String.init)).subtracting(["decoy.json"]))
        for name in inner { #expect(try folder.bytes("a/" + name) == folder.bytes("b/" + name), "\(name)") }
        for (name, encoder) in [("a", model.documentEncoder), ("a/query_tower", model.queryEncoder)] {
            if towers == .shared, name != "a" { continue }
            let again = try TransformerFolder.read(folder.path(name))
            #expect(again.longestSequence == 7 && again.prompts == ["query": "q ", "document": "d "])
            #expect(TextEncoder.transformer(again).encode(texts, as: .query) == encoder.encode(texts, as: .query))
        }
        let card = { (name: String) in String(decoding: try folder.bytes(name + "/README.md"), as: UTF8.self) }
        let whose = towers == .separate ? "the document tower's " : ""
        #expect(try card("a").contains("LoRA of rank 2, alpha 16.0, merged; \(whose)alone in `adapter` |"))
        try Checkpoint.write(model, record: found.record, to: folder.path("merged"))
        #expect(try card("merged").contains("LoRA of rank 2, alpha 16.0, merged |"))
        let written = try folder.files().count
        #expect(throws: StorageError.self) { try Checkpoint.write(model, to: folder.path("a")) }
        #expect(try folder.files().count == written)
    }

    @Test("A changed or missing byte in any file but the record is found, and the error names the file.")
    func corruption() throws {
        let folder = try TemporaryFolder()
        let (trained, options) = try trained(.separate, rank: 1)
        try Checkpoint.write(
            trained.model, adapters: AdapterWeights(trained, options: options, base: "base"), to: folder.path("m"))
        var random = SeededGenerator(seed: freshSeed())
        let names = try folder.files().filter { $0 != "m/decoy.json" }
        #expect(names.count == 17)
        for name in names {
            let good = try folder.bytes(name)
            var bad = good
            bad[Int.random(in: 0..<bad.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            for content in [bad, Array(good.dropLast()), []] {
                try folder.write(name, content)
                let error = #expect(throws: StorageError.self) { try Checkpoint.read(folder.path("m")) }
                #expect(
                    error?.description.contains(name.dropFirst(2)) == true,
                    "\(name), seed \(random.seed): \(String(describing: error))")
            }
            try folder.write(name, good)
        }
        _ = try Checkpoint.read(folder.path("m"))
    }

    @Test("A step, another prompt, limit or way of pooling make another model; reading and writing do not.")
    func identity() throws {
        let start = try ToyTransformer.start()
        var seen: Set<ModelIdentity> = [start.identity()]
        for other in [
            try trained(.shared).model.model, try trained(.shared, rank: 1).model.model,
            try start.configured(longestSequence: 9), try start.configured(prompts: [.query: "a"]),
            try start.configured(prompts: [.document: "a"]), try ToyTransformer.start(layers: 2),
            try DualEncoder(shared: .transformer(ToyTransformer.encoder(seed: 2))),
        ] {
            #expect(seen.insert(other.identity()).inserted)
        }
        #expect(try ToyTransformer.start().identity() == start.identity())
        #expect(try start.configured(precision: .bfloat16).identity() == start.identity())
        for length in [2, 65] { #expect(throws: EncoderError.self) { try start.configured(longestSequence: length) } }
        #expect(start.allowedLengths == 3...64)
    }

    @Test("Vectors of a transformer are searched by it alone, and its prompts stand before queries and documents.")
    func vectorFolders() throws {
        let folder = try TemporaryFolder()
        let start = try ToyTransformer.start().configured(prompts: [.query: "q q ", .document: "d "])
        let writer = try VectorIndexWriter(path: folder.path("v"), model: start)
        try writer.add(task.documents)
        _ = try writer.finish()
        let index = try FlatVectorIndex(path: folder.path("v"))
        let run = try DenseRetriever(model: start, index: index).run(task.queries, k: 3)
        let bare = try start.configured(prompts: [.query: "", .document: ""])
        let documents = bare.documentEncoder.encode(task.documents.map { "d " + $0.contents })
        let queries = bare.queryEncoder.encode(task.queries.map { "q q " + $0.text })
        for (ranking, query) in zip(run.rankings, queries) {
            let scores = documents.map { zip($0, query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } }
            let best = try #require(ranking.documents.first)
            #expect(abs(best.score - (scores.max() ?? 0)) < 1e-5)
        }
        for other in [try trained(.shared, start: start).model.model, try start.configured(prompts: [.query: "x"])] {
            let error = #expect(throws: StorageError.self) { try DenseRetriever(model: other, index: index) }
            #expect(error?.description.contains("another model") == true)
        }
    }

    @Test(
        "Distilled vectors have for each token the transformer's vector less the mean, turned but no longer or shorter."
    )
    func distillation() throws {
        let transformer = try ToyTransformer.encoder()
        let table = DistilledVectors(transformer, threads: 2).rows
        let (before, after) = transformer.specialTokens
        let size = transformer.tokenizer.vocabularySize
        #expect(table.rows == size && table.columns == transformer.dimension)
        let rows = transformer.encodeRows((0..<Int32(size)).map { before + [$0] + after })
        let mean = (0..<rows.columns).map { column in
            (0..<size).reduce(0.0) { $0 + Double(rows[$1, column]) } / Double(size)
        }
        func product(_ matrix: Matrix, _ mean: [Double], _ a: Int, _ b: Int) -> Double {
            mean.indices.reduce(0.0) { sum, column in
                sum + (Double(matrix[a, column]) - mean[column]) * (Double(matrix[b, column]) - mean[column])
            }
        }
        let zeros = mean.map { _ in 0.0 }
        for token in stride(from: 0, to: size, by: 3) {
            for other in [token, (token * 7 + 1) % size] {
                let difference = product(rows, mean, token, other) - product(table, zeros, token, other)
                #expect(abs(difference) < 1e-4)
            }
        }
        let variances = (0..<table.columns).map { column in
            (0..<size).reduce(0.0) { $0 + Double(table[$1, column]) * Double(table[$1, column]) }
        }
        #expect(zip(variances, variances.dropFirst()).allSatisfy { $0 >= $1 - 1e-6 })
    }
}
