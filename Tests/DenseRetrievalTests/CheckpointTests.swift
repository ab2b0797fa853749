import DecoyTestSupport
import DurableStorage
import Foundation
import TextAnalysis
import Testing

@testable import DenseRetrieval

@Suite("Model folders")
struct CheckpointTests {
    private func model(_ towers: Towers) throws -> (DualEncoder, ModelRecord) {
        let task = ToyTask(subjects: 20, seed: 4)
        let options = ToyTask.options { $0.towers = towers }
        let start = try DualEncoder(tokenizer: ToyTokenizer(), options: options)
        let trained = try Trainer(task.set(), options: options).train(start)
        return (trained.model, ModelRecord(options: options, report: trained.report, data: "toy", program: "1"))
    }

    private func read(_ path: String) throws -> (model: DualEncoder, record: ModelRecord) {
        try Checkpoint.read(path) { _ in ToyTokenizer() }
    }

    @Test(
        "A model that is written is read back with the same vectors, and equal models give equal bytes.",
        arguments: Towers.allCases)
    func roundTrip(_ towers: Towers) throws {
        let folder = try TemporaryFolder()
        let (first, record) = try model(towers)
        try Checkpoint.write(first, record: record, to: folder.path("a"))
        try Checkpoint.write(model(towers).0, record: record, to: folder.path("b"))
        let found = try read(folder.path("a"))
        let texts = ["abc", "nop", "", "zzz a"]
        #expect(found.model.queryEncoder.encode(texts) == first.queryEncoder.encode(texts))
        #expect(found.model.documentEncoder.encode(texts) == first.documentEncoder.encode(texts))
        #expect(found.model.towers == towers && found.model.identity() == first.identity())
        #expect(found.record.identity == first.identity() && found.record.pairs == 20)
        let names = try folder.files()
        let inner = names.filter { $0.hasPrefix("a/") }.map { $0.dropFirst(2) }
        #expect(inner.contains("modules.json") && inner.contains("model.safetensors") && inner.contains("README.md"))
        #expect(inner.contains("query_tower/modules.json") == (towers == .separate))
        for name in inner { #expect(try folder.bytes("a/" + name) == folder.bytes("b/" + name), "\(name)") }
    }

    @Test("Nothing is overwritten unasked.")
    func overwrite() throws {
        let folder = try TemporaryFolder()
        let (first, record) = try model(.shared)
        try Checkpoint.write(first, record: record, to: folder.path("m"))
        #expect(throws: StorageError.self) { try Checkpoint.write(first, record: record, to: folder.path("m")) }
        try Checkpoint.write(first, record: record, to: folder.path("m"), overwrite: true)
        _ = try read(folder.path("m"))
    }

    @Test("A changed byte in any file that matters is found and named.")
    func corruption() throws {
        let folder = try TemporaryFolder()
        let (first, record) = try model(.separate)
        try Checkpoint.write(first, record: record, to: folder.path("m"))
        for name in ["model.safetensors", "tokenizer.json", "query_tower/model.safetensors"] {
            let path = "m/" + name
            let good = try folder.bytes(path)
            var bad = good
            bad[bad.count - 1] ^= 1
            try folder.write(path, bad)
            let error = #expect(throws: StorageError.self) { try read(folder.path("m")) }
            #expect(error?.description.contains(name) == true)
            try folder.write(path, Array(good.dropLast()))
            #expect(throws: StorageError.self) { try read(folder.path("m")) }
            try folder.write(path, good)
        }
        for text in ["", "{", "[]", "{\"format\": 3}", "null"] {
            try folder.write("m/decoy.json", text)
            #expect(throws: StorageError.self) { try read(folder.path("m")) }
        }
    }

    @Test("A model with a WordPiece vocabulary learnt from a corpus is read back and encodes the same.")
    func wordPiece() throws {
        let texts = ["the red apple", "an apple pie", "red wine", "the wine of the valley", "Äpfel und Wein"]
        var maker = WordPieceTrainer(vocabularySize: 60, minimumFrequency: 1)
        for text in texts { maker.add(text) }
        let tokenizer = SubwordPipeline(vocabulary: maker.train())
        let model = try DualEncoder(tokenizer: tokenizer, options: ToyTask.options())
        let folder = try TemporaryFolder()
        try Checkpoint.write(model, to: folder.path("m"))
        let read = try Checkpoint.read(folder.path("m")).model
        #expect(read.documentEncoder.encode(texts) == model.documentEncoder.encode(texts))
        #expect(read.identity() == model.identity())
    }
}
