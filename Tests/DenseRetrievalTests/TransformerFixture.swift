import DecoyTestSupport
import DurableStorage
import Foundation

@testable import DenseRetrieval

/// Tiny models of every family with rows by PyTorch; `Fixtures/make_transformers.py` says how they were made.
struct TransformerFixture: Decodable {
    struct Tensor: Decodable {
        var name: String
        var shape: [Int]
    }

    /// LoRA's training: the loss at the start and the gradients.
    struct Adapters: Decodable {
        var loss: Double
        var gradients: [String: [Double]]
    }

    struct Case: Decodable {
        var config: String
        var tensors: [Tensor]
        var rows: [[Float]]
        var gradients: [String: [Double]]
        var losses: [Double]
        var adapters: Adapters

        /// The files of the model, as the fixture's generator fills its tensors.
        func write(to folder: TemporaryFolder) throws {
            var random = SeededGenerator(seed: 1)
            var bytes = SafetensorsWriter.header(tensors.map { ($0.name, .f32, $0.shape) })
            for tensor in tensors {
                let isScale = tensor.name.lowercased().contains("norm") && tensor.name.hasSuffix(".weight")
                for _ in 0..<tensor.shape.reduce(1, *) {
                    let value = (Float(random.next() >> 40) / 0x1p24 - 0.5) / 2 + (isScale ? 1 : 0)
                    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
                }
            }
            try folder.write("model.safetensors", bytes)
            try folder.write("config.json", config)
            let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "b", "c", "d", "e", "f", "g", "##b"]
            try folder.write("vocab.txt", pieces.joined(separator: "\n") + "\n")
        }
    }

    var sequences: [[Int32]]
    var cases: [Case]

    static func read(file: String = #filePath) throws -> TransformerFixture {
        let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Fixtures")
        return try JSONDecoder().decode(
            TransformerFixture.self, from: Data(contentsOf: folder.appendingPathComponent("transformers.json")))
    }
}
