import NumericKernels

/// The forward computation of a transformer encoder over sequences packed without padding.
package struct TransformerModel: Sendable {
    package let config: TransformerConfig
    package let weights: TransformerWeights
    /// The type of the factors in the products of the linear layers.
    package var precision: ProductPrecision {
        didSet { halfLayers = precision == .bfloat16 ? weights.layers.map(HalfLayer.init) : [] }
    }
    private let relativeBias: Matrix?
    /// The weights of the linear layers in bfloat16, where products take them so.
    private var halfLayers: [HalfLayer] = []

    package init(config: TransformerConfig, weights: TransformerWeights) {
        self.config = config
        self.weights = weights
        precision = .float32
        relativeBias = weights.distances.map { DistanceClasses.table($0, reach: config.longestSequence - 1) }
    }

    /// The last layer's row for each token.
    ///
    /// Tokens must be below the vocabulary's size and sequences no longer than `config.longestSequence`. The bits depend neither on what is
    /// packed together nor on the number of threads. Complexity: for n tokens, d dimensions and f inner ones O(n (d² + d f) + Σ length² d) a layer.
    package func hiddenStates(_ sequences: PackedSequences, threads: Int = 1) -> Matrix {
        var memory = ForwardMemory()
        hiddenStates(sequences, memory: &memory, threads: threads)
        return memory.rows
    }

    /// The same into `memory.rows`.
    func hiddenStates(_ sequences: PackedSequences, memory: inout ForwardMemory, threads: Int = 1) {
        let layout = AttentionLayout(
            heads: config.heads, width: config.dimension / config.heads, sequences: sequences)
        memory.sum = EmbeddingSum.apply(
            sequences, tokens: weights.tokens, positions: weights.positions, firstPosition: config.firstPosition,
            common: weights.tokenType, threads: threads)
        LayerNormalization.apply(
            memory.sum, weight: weights.embeddingNormalization.weight, bias: weights.embeddingNormalization.bias,
            epsilon: config.epsilon, into: &memory.rows, statistics: &memory.statistics, threads: threads)
        for (index, layer) in weights.layers.enumerated() {
            let half = precision == .bfloat16 ? halfLayers[index] : nil
            multiply(memory.rows, layer.attentionInputs, half?.attentionInputs, &memory.half, &memory.inputs, threads)
            Attention.apply(
                memory.inputs, layout: layout, relativeBias: relativeBias, into: &memory.context, threads: threads)
            multiply(memory.context, layer.attentionOutput, half?.attentionOutput, &memory.half, &memory.sum, threads)
            addAndNormalize(layer.attentionNormalization, &memory, threads)
            if let half {
                multiply(memory.rows, layer.inner, half.inner, &memory.half, &memory.inner, threads)
                GELU.apply(memory.inner, form: config.activation, into: &memory.half, threads: threads)
                LinearProduct.forward(
                    .bfloat16(memory.half, half.output), bias: layer.output.bias, into: &memory.sum, threads: threads)
            } else {
                LinearProduct.forward(
                    .float32(memory.rows, layer.inner.weight), bias: layer.inner.bias, activation: config.activation,
                    into: &memory.inner, threads: threads)
                LinearProduct.forward(
                    .float32(memory.inner, layer.output.weight), bias: layer.output.bias, into: &memory.sum,
                    threads: threads)
            }
            addAndNormalize(layer.outputNormalization, &memory, threads)
        }
    }

    /// A linear layer, in bfloat16 where its weights are given so.
    private func multiply(
        _ rows: Matrix, _ layer: LinearLayer, _ halfWeight: BFloat16Matrix?, _ half: inout BFloat16Matrix,
        _ result: inout Matrix, _ threads: Int
    ) {
        var factors = LinearProduct.Factors.float32(rows, layer.weight)
        if let halfWeight {
            half.round(rows, threads: threads)
            factors = .bfloat16(half, halfWeight)
        }
        LinearProduct.forward(factors, bias: layer.bias, into: &result, threads: threads)
    }

    /// The normalized sum of a sublayer's output and the rows becomes the rows.
    private func addAndNormalize(_ weights: NormalizationWeights, _ memory: inout ForwardMemory, _ threads: Int) {
        LayerNormalization.apply(
            &memory.sum, adding: memory.rows, weight: weights.weight, bias: weights.bias, epsilon: config.epsilon,
            into: &memory.next, statistics: &memory.statistics, threads: threads)
        swap(&memory.rows, &memory.next)
    }
}
