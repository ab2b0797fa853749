import NumericKernels

extension TransformerEncoder {
    /// The same encoder with other weights.
    func replacing(_ weights: TransformerWeights) -> TransformerEncoder {
        var encoder = self
        encoder.model = TransformerModel(config: config, weights: weights)
        encoder.precision = precision
        return encoder
    }
}

extension TransformerWeights {
    /// The same without the large tables and the layers, to be filled again.
    var withoutMatrices: TransformerWeights {
        var copy = self
        copy.tokens = Matrix(rows: 0, columns: tokens.columns)
        copy.positions = Matrix(rows: 0, columns: positions.columns)
        copy.layers = []
        copy.distances = nil
        return copy
    }
}
