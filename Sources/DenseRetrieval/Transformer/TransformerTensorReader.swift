import DurableStorage
import NumericKernels

/// Reads tensors by their names within a family and checks their shapes and values.
struct TransformerTensorReader {
    let names: TransformerTensorNames
    private let file: SafetensorsFile
    private var prefix: String
    private let threads: Int

    init(_ file: SafetensorsFile, family: TransformerFamily, threads: Int) throws {
        names = TransformerTensorNames(family: family)
        self.file = file
        self.threads = threads
        let found = names.prefix(in: file)
        guard let found else {
            let some = file.tensors.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(3)
            throw StorageError.incompatible(
                file: file.name,
                reason: "there is no tensor \(TransformerTensorNames.tokens) (it has: \(some.joined(separator: ", ")))",
                remedy: "use the weights of the \(family.rawValue) model that config.json describes")
        }
        prefix = found
    }

    /// A reader of tensors that stand beside the model's, such as those of a classifier.
    var beside: TransformerTensorReader {
        var reader = self
        reader.prefix = ""
        return reader
    }

    /// Whether there is a tensor.
    func contains(_ name: String) -> Bool { file.tensors[prefix + name] != nil }

    /// A tensor of two dimensions.
    func matrix(_ name: String, _ rows: Int, _ columns: Int) throws -> Matrix {
        let name = try checked(name, [rows, columns])
        let matrix = try file.matrix(name, threads: threads)
        for row in 0..<rows {
            guard matrix.withRow(row, { values in values.indices.allSatisfy { values[$0].isFinite } }) else {
                throw notFinite(name)
            }
        }
        return matrix
    }

    /// A tensor of one dimension.
    func vector(_ name: String, _ count: Int) throws -> [Float] {
        let name = try checked(name, [count])
        let values = try file.vector(name)
        guard values.allSatisfy(\.isFinite) else { throw notFinite(name) }
        return values
    }

    /// Weight and bias of a linear layer.
    func linear(_ name: String, _ outputs: Int, _ inputs: Int) throws -> LinearLayer {
        LinearLayer(weight: try matrix(name + ".weight", outputs, inputs), bias: try vector(name + ".bias", outputs))
    }

    /// Weight and bias of a layer normalisation; old files call them gamma and beta.
    func normalization(_ name: String, _ count: Int) throws -> NormalizationWeights {
        let isOld = file.tensors[prefix + name + ".gamma"] != nil
        return NormalizationWeights(
            weight: try vector(name + (isOld ? ".gamma" : ".weight"), count),
            bias: try vector(name + (isOld ? ".beta" : ".bias"), count))
    }

    private func checked(_ name: String, _ shape: [Int]) throws -> String {
        let name = prefix + name
        guard let found = file.tensors[name] else {
            throw StorageError.incompatible(
                file: file.name, reason: "there is no tensor \(name)",
                remedy: "use the weights of the model that config.json describes")
        }
        guard found.shape == shape else {
            throw StorageError.incompatible(
                file: file.name, reason: "tensor \(name) has the shape \(found.shape), config.json asks for \(shape)",
                remedy: "use the weights of the model that config.json describes")
        }
        return name
    }

    private func notFinite(_ name: String) -> StorageError {
        .corrupt(file: file.name, reason: "tensor \(name) has a value that is no finite number")
    }
}
