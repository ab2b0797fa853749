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
    ///
    /// `secondParts` says of each sequence at which of its tokens the second text of a pair begins: from there on tokens have type 1.
    package func hiddenStates(
        _ sequences: PackedSequences, secondParts: [Int]? = nil, threads: Int = 1
    ) -> Matrix {
        let layout = AttentionLayout(
            heads: config.heads, width: config.dimension / config.heads, sequences: sequences)
        var statistics = LayerNormalization.Statistics()
        func normalize(_ rows: Matrix, _ weights: NormalizationWeights, into result: inout Matrix) {
            LayerNormalization.apply(
                rows, weight: weights.weight, bias: weights.bias, epsilon: config.epsilon, into: &result,
                statistics: &statistics, threads: threads)
        }
        func multiply(_ rows: Matrix, _ layer: LinearLayer, _ activation: GELU.Form? = nil, into result: inout Matrix) {
            LinearProduct.forward(
                .float32(rows, layer.weight), bias: layer.bias, activation: activation, into: &result, threads: threads)
        }
        var sum = EmbeddingSum.apply(
            sequences, tokens: weights.tokens, positions: weights.positions, firstPosition: config.firstPosition,
            common: weights.tokenType, threads: threads)
        if let secondParts, weights.tokenTypes.rows > 1 {
            let change = zip(weights.tokenTypes.row(1), weights.tokenType).map { $0 - $1 }
            SecondTextAddition.apply(&sum, change, sequences: sequences, starts: secondParts, threads: threads)
        }
        var (rows, inputs, context, inner) = (Matrix.none, Matrix.none, Matrix.none, Matrix.none)
        normalize(sum, weights.embeddingNormalization, into: &rows)
        for layer in weights.layers {
            multiply(rows, layer.attentionInputs, into: &inputs)
            Attention.apply(inputs, layout: layout, relativeBias: relativeBias, into: &context, threads: threads)
            multiply(context, layer.attentionOutput, into: &sum)
            RowAddition.apply(&sum, rows, threads: threads)
            normalize(sum, layer.attentionNormalization, into: &rows)
            multiply(rows, layer.inner, config.activation, into: &inner)
            multiply(inner, layer.output, into: &sum)
            RowAddition.apply(&sum, rows, threads: threads)
            normalize(sum, layer.outputNormalization, into: &rows)
        }
        return rows
    }
}

extension Matrix {
    /// No rows and no columns.
    fileprivate static let none = Matrix(rows: 0, columns: 0)
}
