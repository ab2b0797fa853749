import DecoyTestSupport
import DurableStorage
import Foundation
import NumericKernels
import TextAnalysis
import Testing

@testable import DenseRetrieval

@Suite("Static encoders of other programs")
struct StaticFolderTests {
    /// The folders that `Fixtures/make_static.py` made, and the vectors that their own programs gave.
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/static").path

    private struct Expected: Decodable {
        var texts: [String]
        var vectors: [String: [[Double]]]
    }

    private func expected() throws -> Expected {
        try JSONDecoder().decode(
            Expected.self, from: Data(contentsOf: URL(fileURLWithPath: Self.fixtures + "/expected.json")))
    }

    static let names = ["sentence-transformers", "subfolder", "dense", "model2vec", "model2vec-quantized", "wordllama"]

    @Test(
        "Each layout gives the vectors of the program that made it, also after it was written as a model.",
        arguments: names)
    func vectors(name: String) throws {
        let expected = try expected()
        let wanted = try #require(expected.vectors[name])
        let path = Self.fixtures + "/" + name
        #expect(StaticFolder.isPresent(at: path))
        let (model, record) = try Checkpoint.read(path)
        #expect(record.pairs == 0 && record.identity == model.identity() && record.options.dimension == model.dimension)
        let folder = try TemporaryFolder()
        try Checkpoint.write(model, record: record, to: folder.path("m"))
        let written = try Checkpoint.read(folder.path("m")).model
        for encoder in [model.documentEncoder, written.documentEncoder] {
            for (text, (vector, right)) in zip(expected.texts, zip(encoder.encode(expected.texts), wanted)) {
                // A text without tokens has the zero vector here; behind a bias its own program gives the bias.
                if text.isEmpty {
                    #expect(vector.allSatisfy { $0 == 0 })
                    continue
                }
                for (found, value) in zip(vector, right) { #expect(abs(Double(found) - value) < 1e-6, "\(text)") }
            }
        }
        #expect(written.identity() == model.identity())
        let source = try TokenizerFolder.read(
            path: name == "wordllama"
                ? path + "/tokenizers/tiny_tokenizer_config.json"
                : path + (name == "subfolder" ? "/0_StaticEmbedding" : ""))
        #expect(written.documentEncoder.tokenizer.tokenizerJSON() == source.tokenizerJSON())
    }

    @Test("Missing, foreign and damaged files are errors that name the file and what is needed.")
    func faults() throws {
        let folder = try TemporaryFolder()
        func copy(_ name: String) throws -> String {
            try? FileManager.default.removeItem(atPath: folder.path("f"))
            try FileManager.default.copyItem(atPath: Self.fixtures + "/" + name, toPath: folder.path("f"))
            return folder.path("f")
        }
        func fault(_ path: String) -> String {
            do {
                _ = try Checkpoint.read(path)
                return "no error"
            } catch { return "\(error)" }
        }
        func delete(_ name: String) throws { try FileManager.default.removeItem(atPath: folder.path("f/" + name)) }

        var path = try copy("dense")
        try folder.write(
            "f/1_Dense/config.json", #"{"activation_function": "torch.nn.modules.activation.Tanh", "bias": true}"#)
        #expect(fault(path).contains("Tanh"))
        try folder.write("f/1_Dense/config.json", "{}")
        #expect(fault(path).contains("Tanh"))
        try folder.write(
            "f/1_Dense/config.json",
            #"{"activation_function": "torch.nn.modules.linear.Identity", "use_residual": true}"#)
        #expect(fault(path).contains("use_residual"))
        path = try copy("dense")
        try delete("1_Dense/model.safetensors")
        #expect(fault(path).contains("1_Dense/model.safetensors"))
        path = try copy("dense")
        try folder.write("f/1_Dense/model.safetensors", try folder.bytes("f/model.safetensors"))
        #expect(fault(path).contains("linear.weight"))

        path = try copy("model2vec")
        try delete("tokenizer.json")
        #expect(fault(path).contains("tokenizer.json nor vocab.txt"))
        try folder.write("f/vocab.txt", "[UNK]\nred\n")
        #expect(fault(path) == "no error")
        try folder.write("f/vocab.txt", (["[UNK]"] + (0..<30).map { "w\($0)" }).joined(separator: "\n"))
        #expect(fault(path).contains("15 rows") && fault(path).contains("31 tokens"))
        path = try copy("model2vec")
        let good = try folder.bytes("f/model.safetensors")
        for count in [0, 7, 40, good.count - 1] {
            try folder.write("f/model.safetensors", Array(good.prefix(count)))
            #expect(fault(path).contains("model.safetensors: corrupt"), "\(count) bytes")
        }
        var infinite = good
        infinite.replaceSubrange((good.count - 4)..., with: [0, 0, 0x80, 0x7F])
        try folder.write("f/model.safetensors", infinite)
        #expect(fault(path).contains("row 14"))
        try delete("model.safetensors")
        try folder.write("f/pytorch_model.bin", "x")
        #expect(fault(path).contains("only pytorch_model.bin"))

        path = try copy("subfolder")
        for (text, name) in [
            (#"[{"type":"a.CLIPModel","path":""},{"type":"b.Pooling"}]"#, "CLIPModel, Pooling"),
            (#"[{"type":"a.StaticEmbedding"},{"type":"a.Normalize"},{"type":"a.Dense"}]"#, "Normalize, Dense"),
            (#"[{"type":"a.StaticEmbedding","path":"../x"}]"#, "leads out"), ("[]", "its modules are"), ("{}", "list"),
        ] {
            try folder.write("f/modules.json", text)
            #expect(fault(path).contains(name) && fault(path).contains("modules.json"), "\(fault(path))")
        }
        path = try copy("wordllama")
        try folder.write("f/weights/other.safetensors", good)
        #expect(fault(path).contains("2 safetensors files"))
        #expect(fault(folder.path("nothing")).contains("no such file"))
        #expect(throws: StorageError.self) { try StaticFolder.read(Self.fixtures + "/model2vec/model.safetensors") }
    }

    @Test("A file with another tensor, shape or number format is named with what is there and what is needed.")
    func tensors() throws {
        func read(_ header: String, _ count: Int, _ bytes: [UInt8] = []) throws -> StaticTable {
            let text = Array(header.utf8)
            let data = bytes + [UInt8](repeating: 0, count: count - bytes.count)
            let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
            return try StaticTable(SafetensorsFile(MappedFile(name: "t", bytes: length + text + data)), threads: 1)
        }
        func fault(_ header: String, _ count: Int) -> String {
            do {
                _ = try read(header, count)
                return "no error"
            } catch { return "\(error)" }
        }
        #expect(fault(#"{"x":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]}}"#, 4).contains("it has: x"))
        #expect(fault(#"{"embedding.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4).contains("[1]"))
        #expect(fault(#"{"embeddings":{"dtype":"I64","shape":[1,1],"data_offsets":[0,8]}}"#, 8).contains("I64"))
        let table = #"{"embeddings":{"dtype":"I8","shape":[2,1],"data_offsets":[0,2]}"#
        #expect(
            fault(
                table
                    + #","mapping":{"dtype":"I64","shape":[1],"data_offsets":[2,10]},"weights":{"dtype":"F32","shape":[2],"data_offsets":[10,18]}}"#,
                18
            )
            .contains("2 weights for 1 tokens"))
        #expect(
            fault(table + #","mapping":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#, 6).contains("holds F32"))
        #expect(
            try read(table + #","mapping":{"dtype":"I32","shape":[3],"data_offsets":[2,14]}}"#, 14, [5, 0xFF, 1]).rows
                .row(0)
                == [-1])
        let wrong = #","mapping":{"dtype":"I16","shape":[1],"data_offsets":[2,4]}}"#
        #expect(throws: StorageError.self) { try read(table + wrong, 4, [5, 6, 2, 0]) }
        let double = #"{"embedding.weight":{"dtype":"F64","shape":[1,1],"data_offsets":[0,8]}}"#
        #expect(try read(double, 8, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F]).rows.row(0) == [1])
    }

    @Test("A table brought to the scale of random rows gives the same vectors, bit for bit.")
    func rescaled() throws {
        let encoder = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 8, seed: 3)
        for factor: Float in [1, 0x1p-9, 0.3, 700] {
            var table = encoder.table
            for row in 0..<table.rows {
                table.withMutableRow(row) { values in for column in values.indices { values[column] *= factor } }
            }
            let model = DualEncoder(shared: try StaticEncoder(tokenizer: ToyTokenizer(), table: table))
            let scaled = try model.rescaledForTraining()
            let values = (0..<table.rows).flatMap { scaled.documentEncoder.table.row($0) }
            let mean = (values.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(values.count)).squareRoot()
            #expect(mean > 0.7 && mean < 1.42, "\(mean)")
            #expect(scaled.queryEncoder.encode(["abc", "zz"]) == model.queryEncoder.encode(["abc", "zz"]))
        }
        let zero = DualEncoder(
            shared: try StaticEncoder(tokenizer: ToyTokenizer(), table: Matrix(rows: 26, columns: 2)))
        #expect(try zero.rescaledForTraining().documentEncoder.table.row(3) == [0, 0])
    }

    @Test("Lengths by idf keep the directions of rows and give a rare token more than a frequent one.")
    func lengths() throws {
        var encoder = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 4, seed: 3)
        encoder.table.withMutableRow(25) { row in for column in row.indices { row[column] = 0 } }
        var statistics = TokenStatistics(vocabularySize: 26)
        statistics.add(["ab", "ac", "ad"], tokenizer: ToyTokenizer())
        let weighted = try DualEncoder(shared: encoder).weightedByIDF(statistics).documentEncoder
        let idf = statistics.inverseDocumentFrequencies()
        let mean = idf.reduce(0, +) / 26
        for row in 0..<25 {
            let (before, after) = (encoder.table.row(row), weighted.table.row(row))
            let length = after.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            #expect(abs(length - 2 * idf[row] / mean) < 1e-5)
            let dot = zip(before, after).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            let other = before.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            #expect(dot > 0.99999 * length * other)
        }
        #expect(weighted.table.row(25) == [0, 0, 0, 0])
        #expect(throws: EncoderError.self) {
            try DualEncoder(shared: encoder).weightedByIDF(TokenStatistics(vocabularySize: 3))
        }
    }

    @Test("A cut model keeps the first columns of both towers.")
    func truncated() throws {
        let encoder = try StaticEncoder(tokenizer: ToyTokenizer(), dimension: 6, seed: 3)
        for model in [DualEncoder(shared: encoder), try DualEncoder(queryEncoder: encoder, documentEncoder: encoder)] {
            let cut = try model.truncated(to: 2)
            #expect(cut.dimension == 2 && cut.towers == model.towers)
            #expect(cut.queryEncoder.table.row(25) == Array(encoder.table.row(25).prefix(2)))
            #expect(try model.truncated(to: 9).dimension == 6)
            #expect(throws: EncoderError.noDimensions) { try model.truncated(to: 0) }
        }
    }
}
