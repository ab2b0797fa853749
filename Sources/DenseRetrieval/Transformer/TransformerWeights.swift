import DurableStorage
import NumericKernels

/// A linear map x → W x + b of rows.
package struct LinearLayer: Sendable {
    /// A row for each value that comes out, a column for each that goes in.
    package var weight: Matrix
    /// A value for each that comes out.
    package var bias: [Float]
}

/// Scale and shift of a layer normalisation.
package struct NormalizationWeights: Sendable {
    package var weight: [Float]
    package var bias: [Float]
}

/// The weights of one layer.
package struct TransformerLayer: Sendable {
    /// Query, key and value one behind the other, as one product computes them.
    package var attentionInputs: LinearLayer
    package var attentionOutput: LinearLayer
    package var attentionNormalization: NormalizationWeights
    package var inner: LinearLayer
    package var output: LinearLayer
    package var outputNormalization: NormalizationWeights
}

/// The weights of a transformer encoder.
package struct TransformerWeights: Sendable {
    /// A row for each token.
    package var tokens: Matrix
    /// A row for each place.
    package var positions: Matrix
    /// The row of the first token type, which all tokens have; zeros where the family has none.
    package var tokenType: [Float]
    /// The rows of the other token types, which only pairs of texts have.
    package var furtherTokenTypes: Matrix
    package var embeddingNormalization: NormalizationWeights
    package var layers: [TransformerLayer]
    /// MPNet's bias of attention: a row for each class of distances, a column for each head.
    package var distances: Matrix?

    /// Reads the weights of a model; every tensor must be there, have the shape the configuration asks for, and hold finite numbers.
    ///
    /// Throws `StorageError.incompatible` where a tensor is missing or has another shape, `.corrupt` where a value is no finite number.
    package init(_ file: SafetensorsFile, config: TransformerConfig, threads: Int = 1) throws {
        let reader = try TransformerTensorReader(file, family: config.family, threads: threads)
        let size = config.dimension
        tokens = try reader.matrix(TransformerTensorNames.tokens, config.vocabularySize, size)
        positions = try reader.matrix(TransformerTensorNames.positions, config.positions, size)
        if config.tokenTypes > 0 {
            let types = try reader.matrix(TransformerTensorNames.tokenTypes, config.tokenTypes, size)
            tokenType = types.row(0)
            furtherTokenTypes = Matrix(columns: size, values: (1..<types.rows).flatMap { types.row($0) })
        } else {
            tokenType = [Float](repeating: 0, count: size)
            furtherTokenTypes = Matrix(rows: 0, columns: size)
        }
        embeddingNormalization = try reader.normalization(TransformerTensorNames.embeddingNormalization, size)
        layers = try (0..<config.layers).map { index in
            let names = reader.names.layer(index)
            return TransformerLayer(
                attentionInputs: LinearLayer(
                    joining: try [names.query, names.key, names.value].map { try reader.linear($0, size, size) }),
                attentionOutput: try reader.linear(names.attentionOutput, size, size),
                attentionNormalization: try reader.normalization(names.attentionNormalization, size),
                inner: try reader.linear(names.inner, config.innerDimension, size),
                output: try reader.linear(names.output, size, config.innerDimension),
                outputNormalization: try reader.normalization(names.outputNormalization, size))
        }
        distances =
            config.distanceClasses > 0
            ? try reader.matrix(TransformerTensorNames.distances, config.distanceClasses, config.heads) : nil
    }
}

extension LinearLayer {
    /// Layers over the same inputs as one, their outputs one behind the other.
    init(joining parts: [LinearLayer]) {
        let columns = parts[0].weight.columns
        weight = Matrix(
            columns: columns,
            values: parts.flatMap { part in (0..<part.weight.rows).flatMap { part.weight.row($0) } })
        bias = parts.flatMap(\.bias)
    }
}
