import DurableStorage
import Essentials
import NumericKernels

/// A Dense module of sentence-transformers without activation: x → W x + b.
///
/// Behind a mean it needs no place of its own. The mean of rows e is linear, so W · mean(e) + b = mean(W e + b): the table E W ᵀ + b gives the
/// same vectors, and a separate layer would add nothing but time.
struct DenseLayer {
    private let weight: Matrix
    private let bias: [Float]?
    private let name: String

    private struct Configuration: Decodable {
        var activation: String?
        var residual: Bool?

        enum CodingKeys: String, CodingKey {
            case activation = "activation_function"
            case residual = "use_residual"
        }
    }

    /// Reads the folder of a layer; throws where it has an activation other than the identity.
    init(in folder: any Directory, threads: Int) throws {
        let file = try folder.open("config.json")
        let configuration: Configuration
        do {
            configuration = try JSONDecoder().decode(Configuration.self, from: Data(file.view.bytes))
        } catch {
            throw StorageError.corrupt(file: file.name, reason: "it is not the configuration of a Dense module")
        }
        // sentence-transformers takes Tanh where nothing is said.
        let activation = configuration.activation ?? "torch.nn.modules.activation.Tanh"
        guard activation.hasSuffix(".Identity"), configuration.residual != true else {
            throw StorageError.incompatible(
                file: file.name,
                reason: configuration.residual == true
                    ? "the Dense module has use_residual" : "the Dense module has the activation \(activation)",
                remedy:
                    "a layer can be folded into the table only with torch.nn.modules.linear.Identity and no residual")
        }
        let tensors = try SafetensorsFile(folder.open(Checkpoint.weights))
        weight = try tensors.matrix("linear.weight", threads: threads)
        bias = tensors.tensors["linear.bias"] == nil ? nil : try tensors.vector("linear.bias")
        name = tensors.name
    }

    /// The table E Wᵀ + b.
    func folded(into table: Matrix, threads: Int) throws -> Matrix {
        guard weight.columns == table.columns, bias.map({ $0.count == weight.rows }) ?? true else {
            throw StorageError.incompatible(
                file: name,
                reason:
                    "a layer from \(weight.columns) to \(weight.rows) dimensions with \(bias?.count ?? weight.rows) biases "
                    + "follows a table of \(table.columns)",
                remedy: "use the files of one model")
        }
        var result = Matrix(rows: table.rows, columns: weight.rows)
        MatrixProduct.multiplyTransposed(table.window, weight.window, into: &result, threads: threads)
        if let bias {
            for row in 0..<result.rows {
                result.withMutableRow(row) { values in
                    for column in values.indices { values[column] += bias[column] }
                }
            }
        }
        return result
    }
}
