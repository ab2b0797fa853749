import DecoyTestSupport
import DurableStorage
import Foundation
import NumericKernels
import Testing

@testable import DenseRetrieval

@Suite("Transformer folders that are written")
struct TransformerWritingTests {
    private func read(_ example: TransformerFixture.Case) throws -> (TemporaryFolder, TransformerEncoder) {
        let folder = try TemporaryFolder()
        try example.write(to: folder)
        return (folder, try TransformerFolder.read(folder.path))
    }

    private func write(_ encoder: TransformerEncoder) throws -> (TemporaryFolder, [String: FileRecord]) {
        let folder = try TemporaryFolder()
        let records = try TransformerFolder.write(encoder, to: FileSystemDirectory(path: folder.path))
        return (folder, records)
    }

    /// The bytes of every tensor of a folder.
    private func tensors(_ folder: TemporaryFolder) throws -> [String: [UInt8]] {
        let file = try SafetensorsFile(path: folder.path("model.safetensors"))
        var bytes: [String: [UInt8]] = [:]
        for (name, tensor) in file.tensors {
            bytes[name] = try file.bytes(name, tensor.type, shape: tensor.shape).bytes
        }
        return bytes
    }

    private func bytes(_ folder: TemporaryFolder, _ name: String) throws -> [UInt8] {
        try MappedFile(path: folder.path(name)).view.bytes
    }

    /// Replaces the weights of a folder by tensors of these bytes.
    private func replace(
        _ folder: TemporaryFolder, _ tensors: [(name: String, type: SafetensorsType, shape: [Int], bytes: [UInt8])]
    ) throws {
        let header = SafetensorsWriter.header(tensors.map { ($0.name, $0.type, $0.shape) })
        try folder.write("model.safetensors", header + tensors.flatMap(\.bytes))
    }

    private let texts = ["a b c", "", "g f e d c b a", "zzz a"]

    @Test("Every family is written and read again with the same bytes of every tensor and the same vectors.")
    func roundTrip() throws {
        for example in try TransformerFixture.read().cases {
            let (source, encoder) = try read(example)
            let (target, records) = try write(encoder)
            #expect(try tensors(target) == tensors(source), "\(encoder.config.family)")
            #expect(try bytes(target, "config.json") == bytes(source, "config.json"))
            #expect(try bytes(target, "vocab.txt") == bytes(source, "vocab.txt"))
            let again = try TransformerFolder.read(target.path)
            #expect(again.encode(texts) == encoder.encode(texts))
            #expect(again.longestSequence == encoder.longestSequence)
            for (name, record) in records { try record.verify(MappedFile(path: target.path(name))) }
            let (third, same) = try write(again)
            #expect(same == records)
            #expect(try bytes(third, "model.safetensors") == bytes(target, "model.safetensors"))
        }
    }

    @Test("What sentence-transformers keeps beside the model comes along; a folder without it gets the mean.")
    func modules() throws {
        let (_, plain) = try read(TransformerFixture.read().cases[0])
        let (target, records) = try write(plain)
        #expect(
            Set(records.keys) == [
                "1_Pooling/config.json", "config.json", "config_sentence_transformers.json", "model.safetensors",
                "modules.json", "sentence_bert_config.json", "vocab.txt",
            ])
        #expect(try TransformerPooling(in: FileSystemDirectory(path: target.path("1_Pooling"))).modes == [.mean])

        let folder = try TemporaryFolder()
        let inner = try TemporaryFolder()
        try TransformerFixture.read().cases[0].write(to: inner)
        for name in ["config.json", "vocab.txt", "model.safetensors"] {
            try folder.write("0_Transformer/" + name, bytes(inner, name))
        }
        let pooling = #"{"word_embedding_dimension": 16, "pooling_mode_cls_token": true}"#
        let prompts = #"{"prompts": {"query": "a "}, "default_prompt_name": "query", "similarity_fn_name": "dot"}"#
        try folder.write("1_P/config.json", pooling)
        try folder.write("0_Transformer/sentence_bert_config.json", #"{"max_seq_length": 5, "do_lower_case": true}"#)
        try folder.write("config_sentence_transformers.json", prompts)
        try folder.write(
            "modules.json",
            #"[{"type": "m.Transformer", "path": "0_Transformer"}, {"type": "m.Pooling", "path": "1_P"}, "#
                + #"{"type": "m.Normalize", "path": "2_Normalize"}]"#)
        let encoder = try TransformerFolder.read(folder.path)
        let (written, _) = try write(encoder)
        #expect(try bytes(written, "1_Pooling/config.json") == Array(pooling.utf8))
        #expect(try bytes(written, "config_sentence_transformers.json") == Array(prompts.utf8))
        let again = try TransformerFolder.read(written.path)
        #expect(again.isNormalizing && again.isLowercasing && again.longestSequence == 5)
        #expect(again.defaultPrompt == "query" && again.prompts == ["query": "a "])
        #expect(again.encode(texts) == encoder.encode(texts))
    }

    @Test("Another limit and other prompts are written; what else the files say stays.")
    func limitsAndPrompts() throws {
        let folder = try TemporaryFolder()
        try TransformerFixture.read().cases[0].write(to: folder)
        try folder.write("sentence_bert_config.json", #"{"max_seq_length": 9, "extra": 0.5}"#)
        try folder.write("config_sentence_transformers.json", #"{"prompts": {"query": "a", "b": null}, "extra": "/"}"#)
        let encoder = try TransformerFolder.read(folder.path)
        let (same, _) = try write(encoder)
        for name in ["sentence_bert_config.json", "config_sentence_transformers.json"] {
            #expect(try bytes(same, name) == bytes(folder, name))
        }
        let (other, _) = try write(encoder.configured(longestSequence: 7, prompts: [.document: "d: "]))
        let again = try TransformerFolder.read(other.path)
        #expect(again.longestSequence == 7 && again.prompts == ["query": "a", "document": "d: "])
        #expect(String(decoding: try bytes(other, "sentence_bert_config.json"), as: UTF8.self).contains("0.5"))
        #expect(
            String(decoding: try bytes(other, "config_sentence_transformers.json"), as: UTF8.self).contains("\"/\""))
    }

    @Test("Tensors that the encoder does not use, the prefix and old names are kept; lists of places are not.")
    func otherTensors() throws {
        let (folder, plain) = try read(TransformerFixture.read().cases[0])
        let file = try SafetensorsFile(path: folder.path("model.safetensors"))
        let (known, vectors) = (try tensors(folder), plain.encode(texts))
        let pooler: [UInt8] = (0..<12).map { UInt8($0) }
        let old = try file.tensors.map { name, tensor in
            let name = name.contains("LayerNorm") ? renamed(name) : name
            let current = TransformerTensorNames.current(name)
            return ("bert." + name, tensor.type, tensor.shape, try #require(known[current]))
        }
        try replace(
            folder,
            old + [
                ("bert.pooler.dense.weight", .f16, [2, 3], pooler),
                ("bert.embeddings.position_ids", .i64, [1], [UInt8](repeating: 0, count: 8)),
                ("cls.seen", .i64, [1], [1, 2, 3, 4, 5, 6, 7, 8]),
            ])
        let encoder = try TransformerFolder.read(folder.path)
        #expect(encoder.encode(texts) == vectors)
        let (target, _) = try write(encoder)
        var expected = Dictionary(uniqueKeysWithValues: known.map { ("bert." + $0.key, $0.value) })
        expected["bert.pooler.dense.weight"] = pooler
        expected["cls.seen"] = [1, 2, 3, 4, 5, 6, 7, 8]
        #expect(try tensors(target) == expected)
        let written = try bytes(target, "model.safetensors")
        #expect(
            String(decoding: written[8...], as: UTF8.self).hasPrefix(#"{"__metadata__":{"format":"pt"},"cls.seen":"#))
        #expect(try TransformerFolder.read(target.path).encode(texts) == vectors)
    }

    private func renamed(_ name: String) -> String {
        name.hasSuffix(".weight") ? name.dropLast(6) + "gamma" : name.dropLast(4) + "beta"
    }

    @Test("Weights of 16 bits are written with 32, and the configuration says so and keeps the rest.")
    func halfPrecision() throws {
        var example = try TransformerFixture.read().cases[0]
        example.config = #"{"torch_dtype": "float16", "unknown": [1e-12, {"a": null}], "# + example.config.dropFirst()
        example.config = example.config.replacingOccurrences(of: #""dtype": null"#, with: #""dtype": "bfloat16""#)
        let (folder, _) = try read(example)
        let file = try SafetensorsFile(path: folder.path("model.safetensors"))
        let known = try tensors(folder)
        try replace(
            folder,
            file.tensors.map { name, tensor in
                let bytes = known[name] ?? []
                let upper = stride(from: 0, to: bytes.count, by: 4).flatMap { bytes[($0 + 2)..<($0 + 4)] }
                return (name, .bf16, tensor.shape, upper)
            })
        let encoder = try TransformerFolder.read(folder.path)
        let (target, _) = try write(encoder)
        #expect(try TransformerFolder.read(target.path).encode(texts) == encoder.encode(texts))
        let read = try JSONSerialization.jsonObject(with: Data(bytes(folder, "config.json"))) as? NSDictionary
        let config = try JSONSerialization.jsonObject(with: Data(bytes(target, "config.json"))) as? NSDictionary
        let changed = try #require(config?.mutableCopy() as? NSMutableDictionary)
        #expect(changed["torch_dtype"] as? String == "float32")
        for name in ["torch_dtype", "dtype"] { changed[name] = read?[name] }
        #expect(changed == read)
    }

    @Test("Changed weights are what is written, also where they replace the folder they came from.")
    func changed() throws {
        let (folder, encoder) = try read(TransformerFixture.read().cases[0])
        var weights = encoder.model.weights
        weights.layers[1].attentionInputs.bias[17] = 0.25
        weights.tokenType = [Float](repeating: 0.5, count: 16)
        let changed = encoder.replacing(weights)
        #expect(throws: StorageError.self) { try TransformerFolder.write(changed, to: folder.path) }
        try TransformerFolder.write(changed, to: folder.path, overwrite: true)
        let again = try TransformerFolder.read(folder.path)
        #expect(again.encode(texts) == changed.encode(texts))
        #expect(again.encode(texts) != encoder.encode(texts))
        let file = try SafetensorsFile(path: folder.path("model.safetensors"))
        #expect(try file.vector("encoder.layer.1.attention.self.key.bias")[1] == 0.25)
        let types = try file.matrix("embeddings.token_type_embeddings.weight")
        #expect(types.row(0) == weights.tokenType && types.row(1) == encoder.model.weights.tokenTypes.row(1))
    }
}
