import NumericKernels

/// A transformer encoder in training: its weights, their gradients and AdamW's moments.
///
/// `forward`, `backpropagate` for each part of a batch, then `step`. No bit depends on the number of threads.
public struct TransformerTrainer: Sendable {
    /// What is trained and how.
    public let options: TransformerTrainingOptions
    /// The encoder without weights.
    let shell: TransformerEncoder
    /// Weights and adapters.
    var parameters: TransformerParameters
    var gradients: TransformerGradients
    /// AdamW's moments of the trained parameters; without rows for the others.
    var firstMoments: [Matrix]
    var secondMoments: [Matrix]
    /// The weights as the layers take them; empty while a step changes them.
    var operands: [LayerOperands] = []
    var kept = KeptPass()
    var memory = PassMemory()

    /// Starts at an encoder's weights; the seed is that of the adapters' start.
    ///
    /// Throws `TrainingError.option` where the options do not fit the model.
    public init(_ encoder: TransformerEncoder, options: TransformerTrainingOptions, seed: UInt64) throws(TrainingError)
    {
        let config = encoder.config
        try options.check(layers: config.layers)
        self.options = options
        shell = encoder.replacing(encoder.model.weights.withoutMatrices)
        parameters = TransformerParameters(
            encoder.model.weights, config: config, adapterRank: options.adapterRank, seed: seed)
        let isTrained = zip(parameters.places, parameters.matrices).map { place, matrix in
            matrix.rows > 0 && options.trains(place)
        }
        gradients = TransformerGradients(parameters, isTrained: isTrained)
        firstMoments = gradients.matrices.map { Matrix(rows: $0.rows, columns: $0.columns) }
        secondMoments = firstMoments.map { Matrix(rows: $0.rows, columns: $0.columns) }
        refreshOperands(threads: 1)
    }

    var config: TransformerConfig { shell.config }

    /// The lowest layer that is trained.
    var lowestLayer: Int { options.frozenLayers }

    /// Whether the gradient must go through to the embeddings.
    var trainsEmbeddings: Bool { options.trains(.tokens) }

    /// The encoder as of the last step, with the adapters merged into the weights.
    public var encoder: TransformerEncoder {
        var weights = shell.model.weights
        parameters.write(to: &weights) { linear($0, $1, threads: 1) }
        var encoder = shell.replacing(weights)
        encoder.precision = options.precision
        return encoder
    }

    /// The adapters' factors under PEFT's names; empty without LoRA.
    var adapters: [(name: String, matrix: Matrix)] {
        let names = TransformerTensorNames(family: config.family)
        return parameters.places.compactMap { place in
            guard case .adapter(_, _, let factor) = place else { return nil }
            let name = names.layerName(of: place)
            return ("base_model.model.\(name).\(factor == .a ? "lora_A" : "lora_B").weight", parameters[place])
        }
    }

    /// All that a checkpoint needs: the trained parameters, then their first moments, then their second ones.
    var matrices: [Matrix] {
        [parameters.matrices, firstMoments, secondMoments].flatMap { list in trained.map { list[$0] } }
    }

    /// Takes up what `matrices` gave of a trainer of the same model and options.
    mutating func restore(_ matrices: [Matrix]) {
        let trained = trained
        precondition(matrices.count == 3 * trained.count, "the matrices are of another training")
        operands = []
        for (place, index) in trained.enumerated() {
            parameters.matrices[index] = matrices[place]
            firstMoments[index] = matrices[trained.count + place]
            secondMoments[index] = matrices[2 * trained.count + place]
        }
        gradients.clear()
        refreshOperands(threads: 1)
    }

    /// The numbers of the trained parameters.
    var trained: [Int] { gradients.isTrained.indices.filter { gradients.isTrained[$0] } }

    /// Whether all trained parameters are numbers.
    ///
    /// Complexity: linear in them.
    public var isFinite: Bool { GradientNorm.of(trained.map { parameters.matrices[$0] }).isFinite }

    /// A layer's linear layer with its adapters merged.
    private func linear(_ layer: Int, _ part: ParameterPlace.LayerPart, threads: Int) -> LinearLayer {
        var linear = parameters.linear(layer, part)
        guard let adapters = adapters(of: layer) else { return linear }
        for adapted in ParameterPlace.AdaptedPart.of(part) {
            guard let (a, b) = adapters.factors[adapted] else { continue }
            LowRankAdapter.merge(
                a, b, scale: adapters.scale, into: &linear.weight,
                rows: adapted.rows(config.dimension, of: linear.weight.rows), threads: threads)
        }
        return linear
    }

    /// The adapters of a trained layer; nil without LoRA.
    func adapters(of layer: Int) -> LayerPass.Adapters? {
        guard options.adapterRank > 0, layer >= lowestLayer else { return nil }
        let pairs = ParameterPlace.AdaptedPart.allCases.map { part in
            (part, (a: parameters[.adapter(layer, part, .a)], b: parameters[.adapter(layer, part, .b)]))
        }
        return LayerPass.Adapters(
            scale: Float(options.adapterScale / Double(options.adapterRank)),
            factors: Dictionary(uniqueKeysWithValues: pairs))
    }

    /// Makes the operands from the parameters.
    mutating func refreshOperands(threads: Int) {
        operands = (0..<config.layers).map { layer in
            LayerOperands(
                TransformerLayer(
                    attentionInputs: linear(layer, .attentionInputs, threads: threads),
                    attentionOutput: linear(layer, .attentionOutput, threads: threads),
                    attentionNormalization: parameters.normalization(layer, .attentionScale),
                    inner: linear(layer, .inner, threads: threads), output: linear(layer, .output, threads: threads),
                    outputNormalization: parameters.normalization(layer, .outputScale)),
                options.precision, threads: threads)
        }
    }
}

extension TransformerTrainingOptions {
    /// Whether a parameter is trained.
    func trains(_ place: ParameterPlace) -> Bool {
        if case .adapter(let layer, _, _) = place { return layer >= frozenLayers }
        guard adapterRank == 0 else { return false }
        switch place {
        case .layer(let layer, _): return layer >= frozenLayers
        case .distances: return frozenLayers == 0
        default: return frozenLayers == 0 && !freezesEmbeddings
        }
    }
}
