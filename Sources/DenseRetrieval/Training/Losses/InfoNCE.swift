import NumericKernels

/// The softmax loss of a row's positive against all columns of the batch.
///
/// L = −(1/B) Σᵢ log( exp(cos(qᵢ, dᵢ)/τ) / Σⱼ exp(cos(qᵢ, dⱼ)/τ) ) (van den Oord, Li, Vinyals: Representation Learning with Contrastive
/// Predictive Coding, 2018, equation 4; with in-batch negatives as in Henderson et al.: Efficient Natural Language Response Suggestion for
/// Smart Reply, 2017, section 3.3). Masked documents are left out of the sum. Its gradient is ∂L/∂cos(qᵢ, dⱼ) = (pᵢⱼ − [j = i]) / (τ B).
///
/// With several positives k of weights tₖ, Σ tₖ = 1, the mean of the log terms is taken, L = −(1/B) Σᵢ Σₖ tᵢₖ log pᵢₖ: the loss L_out of
/// Khosla et al.: Supervised Contrastive Learning, 2020, equation 2, with grades as weights. Its gradient is (pᵢⱼ − tᵢⱼ) / (τ B).
struct InfoNCE: RowLoss {
    /// 1/τ.
    let scale: Float

    init(temperature: Double) { scale = Float(1 / temperature) }

    func apply(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements, weight: Float
    ) -> Float {
        for column in judgements.masked[row] { cosines[column] = -.infinity }
        let positives = judgements.positives[row]
        guard let first = positives.first else {
            clear(&cosines)
            return 0
        }
        if positives.count == 1 {
            return VectorKernels.best.crossEntropy(&cosines, target: first.column, scale: scale, weight: weight)
        }
        // The kernel has all of the weight on the first positive; the rest is linear in the cosines.
        var shift = cosines[first.column]
        for positive in positives { shift -= positive.weight * cosines[positive.column] }
        let loss = VectorKernels.best.crossEntropy(&cosines, target: first.column, scale: scale, weight: weight)
        cosines[first.column] += weight * scale
        for positive in positives { cosines[positive.column] -= weight * scale * positive.weight }
        return loss + scale * shift
    }
}
