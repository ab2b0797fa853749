import DurableStorage
import Essentials
import NumericKernels

/// The part of a cross-encoder that makes one number of the first token's row: w f(W x + b) + c.
struct CrossEncoderHead: Sendable {
    /// The function f between the two maps.
    enum Activation: Sendable, Hashable {
        case tanh, rectified
    }

    let dense: LinearLayer
    let activation: Activation
    /// One row.
    let output: LinearLayer

    /// Reads the head that transformers puts on a family for sequence classification.
    ///
    /// BERT has its pooler and a classifier (tanh), DistilBERT `pre_classifier` and a classifier (relu), the others a head with `dense` and
    /// `out_proj` (tanh). Throws `StorageError.incompatible` where the file has none, or one of another shape.
    init(_ file: SafetensorsFile, config: TransformerConfig, threads: Int = 1) throws {
        let model = try TransformerTensorReader(file, family: config.family, threads: threads)
        let beside = model.beside
        let (denseName, outputName) =
            switch config.family {
            case .bert: ("pooler.dense", "classifier")
            case .distilBERT: ("pre_classifier", "classifier")
            case .roberta, .xlmRoberta, .mpnet: ("classifier.dense", "classifier.out_proj")
            }
        let denseReader = config.family == .bert ? model : beside
        guard denseReader.contains(denseName + ".weight"), beside.contains(outputName + ".weight") else {
            throw StorageError.incompatible(
                file: file.name, reason: "it has no classification head (\(denseName) and \(outputName))",
                remedy: "use a model that was trained as a cross-encoder")
        }
        dense = try denseReader.linear(denseName, config.dimension, config.dimension)
        activation = config.family == .distilBERT ? .rectified : .tanh
        output = try beside.linear(outputName, 1, config.dimension)
    }

    /// The number of each row.
    func logits(_ rows: Matrix) -> [Float] {
        var inner = Matrix(rows: 0, columns: 0)
        var logits = Matrix(rows: 0, columns: 0)
        LinearProduct.forward(.float32(rows, dense.weight), bias: dense.bias, into: &inner)
        for row in 0..<inner.rows {
            inner.withMutableRow(row) { values in
                for column in values.indices {
                    values[column] = activation == .tanh ? Essentials.tanh(values[column]) : max(values[column], 0)
                }
            }
        }
        LinearProduct.forward(.float32(inner, output.weight), bias: output.bias, into: &logits)
        return (0..<logits.rows).map { logits[$0, 0] }
    }
}
