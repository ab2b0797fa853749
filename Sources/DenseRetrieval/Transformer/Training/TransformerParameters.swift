import NumericKernels

/// All parameters of a transformer as matrices in the order of their places; a vector is one row, what a family lacks has no rows.
struct TransformerParameters: Sendable {
    let config: TransformerConfig
    let places: [ParameterPlace]
    var matrices: [Matrix]

    /// The weights of a model.
    init(_ weights: TransformerWeights, config: TransformerConfig) {
        self.config = config
        places = ParameterPlace.all(layers: config.layers, withAdapters: false)
        func row(_ values: [Float]) -> Matrix { Matrix(columns: values.count, values: values) }
        matrices = [
            weights.tokens, weights.positions,
            weights.tokenTypes,
            row(weights.embeddingNormalization.weight), row(weights.embeddingNormalization.bias),
            weights.distances ?? Matrix(rows: 0, columns: config.heads),
        ]
        for layer in weights.layers {
            matrices += [
                layer.attentionInputs.weight, row(layer.attentionInputs.bias), layer.attentionOutput.weight,
                row(layer.attentionOutput.bias), row(layer.attentionNormalization.weight),
                row(layer.attentionNormalization.bias), layer.inner.weight, row(layer.inner.bias),
                layer.output.weight, row(layer.output.bias), row(layer.outputNormalization.weight),
                row(layer.outputNormalization.bias),
            ]
        }
    }

    /// The same with LoRA's adapters of a rank behind the weights: A as PyTorch fills linear layers, B zero.
    init(_ weights: TransformerWeights, config: TransformerConfig, adapterRank: Int, seed: UInt64) {
        let plain = TransformerParameters(weights, config: config)
        self.config = config
        places = ParameterPlace.all(layers: config.layers, withAdapters: adapterRank > 0)
        matrices = plain.matrices
        for place in places.dropFirst(matrices.count) {
            guard case .adapter(let layer, let part, let factor) = place else { continue }
            let weight = plain[.layer(layer, part.part)]
            switch factor {
            case .a:
                matrices.append(
                    LowRankAdapter.start(
                        rank: adapterRank, inputs: weight.columns, seed: seed, number: layer * 6 + part.rawValue))
            case .b:
                matrices.append(
                    Matrix(rows: part.rows(config.dimension, of: weight.rows).count, columns: adapterRank))
            }
        }
    }

    subscript(place: ParameterPlace) -> Matrix { matrices[index(place)] }

    /// The number of a place.
    func index(_ place: ParameterPlace) -> Int { place.index(layers: config.layers) }

    /// A vector.
    func vector(_ place: ParameterPlace) -> [Float] { self[place].row(0) }

    /// Weight and bias of a linear layer.
    func linear(_ layer: Int, _ part: ParameterPlace.LayerPart) -> LinearLayer {
        LinearLayer(weight: self[.layer(layer, part)], bias: vector(.layer(layer, part.next)))
    }

    /// Scale and shift of a normalization.
    func normalization(_ layer: Int, _ part: ParameterPlace.LayerPart) -> NormalizationWeights {
        NormalizationWeights(weight: vector(.layer(layer, part)), bias: vector(.layer(layer, part.next)))
    }

    /// Writes the parameters into weights of the same model; `layer` says what a layer's linear layers are.
    func write(
        to weights: inout TransformerWeights, layer: (Int, ParameterPlace.LayerPart) -> LinearLayer
    ) {
        weights.tokens = self[.tokens]
        weights.positions = self[.positions]
        weights.tokenTypes = self[.tokenTypes]
        weights.embeddingNormalization = NormalizationWeights(
            weight: vector(.embeddingScale), bias: vector(.embeddingShift))
        weights.distances = config.distanceClasses > 0 ? self[.distances] : nil
        weights.layers = (0..<config.layers).map { index in
            TransformerLayer(
                attentionInputs: layer(index, .attentionInputs), attentionOutput: layer(index, .attentionOutput),
                attentionNormalization: normalization(index, .attentionScale), inner: layer(index, .inner),
                output: layer(index, .output), outputNormalization: normalization(index, .outputScale))
        }
    }
}
