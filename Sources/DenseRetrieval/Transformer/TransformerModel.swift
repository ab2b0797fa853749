import NumericKernels

/// The forward computation of a transformer encoder over sequences packed without padding.
package struct TransformerModel: Sendable {
    package let config: TransformerConfig
    package let weights: TransformerWeights
    private let relativeBias: Matrix?

    package init(config: TransformerConfig, weights: TransformerWeights) {
        self.config = config
        self.weights = weights
        relativeBias = weights.distances.map { DistanceClasses.table($0, reach: config.longestSequence - 1) }
    }

    /// The last layer's row for each token.
    ///
    /// Tokens must be below the vocabulary's size and sequences no longer than `config.longestSequence`. The bits depend on what is packed
    /// together, not on the number of threads. Complexity: for n tokens, d dimensions and f inner ones O(n (d² + d f) + Σ length² d) a layer.
    package func hiddenStates(_ sequences: PackedSequences, threads: Int = 1) -> Matrix {
        let count = sequences.tokens.count
        let size = config.dimension
        var rows = EmbeddingSum.apply(
            sequences, tokens: weights.tokens, positions: weights.positions, firstPosition: config.firstPosition,
            common: weights.tokenType, threads: threads)
        normalize(&rows, weights.embeddingNormalization, threads)
        var inputs = Matrix(rows: count, columns: 3 * size)
        var context = Matrix(rows: count, columns: size)
        var attended = Matrix(rows: count, columns: size)
        var inner = Matrix(rows: count, columns: config.innerDimension)
        for layer in weights.layers {
            multiply(rows, layer.attentionInputs, into: &inputs, threads)
            RowAddition.apply(&inputs, bias: layer.attentionInputs.bias, threads: threads)
            PackedAttention.apply(
                inputs, sequences: sequences, heads: config.heads, relativeBias: relativeBias, into: &context,
                threads: threads)
            multiply(context, layer.attentionOutput, into: &attended, threads)
            RowAddition.apply(&attended, bias: layer.attentionOutput.bias, residual: rows, threads: threads)
            normalize(&attended, layer.attentionNormalization, threads)
            multiply(attended, layer.inner, into: &inner, threads)
            RowAddition.apply(&inner, bias: layer.inner.bias, threads: threads)
            GELU.apply(&inner, form: config.activation, threads: threads)
            multiply(inner, layer.output, into: &rows, threads)
            RowAddition.apply(&rows, bias: layer.output.bias, residual: attended, threads: threads)
            normalize(&rows, layer.outputNormalization, threads)
        }
        return rows
    }

    private func multiply(_ rows: Matrix, _ layer: LinearLayer, into result: inout Matrix, _ threads: Int) {
        MatrixProduct.multiplyTransposed(rows.window, layer.weight.window, into: &result, threads: threads)
    }

    private func normalize(_ rows: inout Matrix, _ weights: NormalizationWeights, _ threads: Int) {
        LayerNormalization.apply(
            &rows, weight: weights.weight, bias: weights.bias, epsilon: config.epsilon, threads: threads)
    }
}
