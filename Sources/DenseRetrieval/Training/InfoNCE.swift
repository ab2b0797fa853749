import NumericKernels

/// The softmax loss of a query's positive against all documents of the batch.
///
/// L = −(1/B) Σᵢ log( exp(cos(qᵢ, dᵢ)/τ) / Σⱼ exp(cos(qᵢ, dⱼ)/τ) ) (van den Oord, Li, Vinyals: Representation Learning with Contrastive
/// Predictive Coding, 2018, equation 4; with in-batch negatives as in Henderson et al.: Efficient Natural Language Response Suggestion for
/// Smart Reply, 2017, section 3.3). Masked documents are left out of the sum. Its gradient is ∂L/∂cos(qᵢ, dⱼ) = (pᵢⱼ − [j = i]) / (τ B).
struct InfoNCE: Sendable {
    /// 1/τ.
    let scale: Float

    init(temperature: Double) { scale = Float(1 / temperature) }

    /// The loss of one query; its cosines are replaced by the gradient of the batch's mean loss.
    func apply(
        _ row: Int, _ scores: inout MutableSpan<Float>, batch: ContrastiveBatch, kernels: VectorKernels = .best
    ) -> Float {
        for column in batch.masked(for: row) { scores[column] = -.infinity }
        return kernels.crossEntropy(
            &scores, target: batch.targets[row], scale: scale, weight: 1 / Float(batch.queries.count))
    }
}
