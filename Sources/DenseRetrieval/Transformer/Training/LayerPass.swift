import NumericKernels

/// The computation of one layer over packed sequences.
///
/// x → LN(x + D(attention(x) Wₒ)) = y → LN(y + D(f(y Wᵢ) W)), with dropout D (Devlin et al.: BERT, NAACL 2019).
struct LayerPass: Sendable {
    let config: TransformerConfig
    let operands: LayerOperands
    let layout: AttentionLayout
    let relativeBias: Matrix?
    let dropouts: LayerDropouts
    let precision: ProductPrecision
    let threads: Int

    /// The layer's rows, and what the backward pass needs.
    ///
    /// `activated` is memory for the activated inner rows.
    func forward(
        _ input: Matrix, keeping kept: inout LayerActivations, activated: inout Matrix, into output: inout Matrix
    ) {
        multiply(input, operands.attentionInputs, into: &kept.packed)
        Attention.apply(
            kept.packed, layout: layout, relativeBias: relativeBias, into: &kept.context,
            dropout: dropouts.probabilities, threads: threads)
        multiply(kept.context, operands.attentionOutput, into: &kept.attentionSum)
        dropouts.attention?.apply(&kept.attentionSum, threads: threads)
        normalize(
            &kept.attentionSum, adding: input, operands.attentionNormalization, into: &kept.attentionRows,
            &kept.attentionStatistics)
        multiply(kept.attentionRows, operands.inner, into: &kept.inner)
        GELU.apply(kept.inner, form: config.activation, into: &activated, threads: threads)
        multiply(activated, operands.output, into: &kept.outputSum)
        dropouts.output?.apply(&kept.outputSum, threads: threads)
        normalize(
            &kept.outputSum, adding: kept.attentionRows, operands.outputNormalization, into: &output,
            &kept.outputStatistics)
    }

    /// A factor in the precision of the products.
    func operand(_ matrix: Matrix) -> ProductOperand { ProductOperand(matrix, precision, threads: threads) }

    private func multiply(_ rows: Matrix, _ layer: LinearOperand, into result: inout Matrix) {
        LinearProduct.forward(
            operand(rows).with(layer.weight), bias: layer.bias, into: &result, threads: threads)
    }

    /// The normalized sum of a sublayer's output, which becomes the sum, and its input.
    private func normalize(
        _ sum: inout Matrix, adding input: Matrix, _ weights: NormalizationWeights, into result: inout Matrix,
        _ statistics: inout LayerNormalization.Statistics
    ) {
        LayerNormalization.apply(
            &sum, adding: input, weight: weights.weight, bias: weights.bias, epsilon: config.epsilon, into: &result,
            statistics: &statistics, threads: threads)
    }
}
