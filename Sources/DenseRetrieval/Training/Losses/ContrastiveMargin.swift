/// The contrastive loss on cosine distance: positives are pulled, negatives nearer than the margin pushed.
///
/// With d = 1 − cos, L = ½ Σₖ tₖ dₖ² + ½ meanₙ max(0, m − dₙ)² for positives k of weights tₖ and negatives n: Hadsell, Chopra, LeCun:
/// Dimensionality Reduction by Learning an Invariant Mapping, 2006, equation 4, a mean for each side so that the many negatives of a batch
/// do not outweigh its positive. `hardest` takes only the positives that are farther than the nearest negative and the negatives that are
/// nearer than the farthest positive, as sentence-transformers' OnlineContrastiveLoss does (which sums, and over the batch).
struct ContrastiveMargin: RowLoss {
    /// m.
    let margin: Float
    let selection: NegativeSelection

    func apply(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements, weight: Float
    ) -> Float {
        let positives = takePositives(row, &cosines, judgements: judgements)
        var nearest = -Float.infinity
        if selection != .all {
            // In cosines: positives below the highest negative, negatives above the lowest positive.
            for column in cosines.indices { nearest = max(nearest, cosines[column]) }
        }
        let farthest = positives.reduce(Float.infinity) { min($0, $1.cosine) }
        // `!(a <= b)` and not `a > b`: what is not a number must come through.
        func isTaken(_ cosine: Float) -> Bool { cosine != -.infinity && (selection == .all || !(cosine <= farthest)) }
        var count = 0
        for column in cosines.indices where isTaken(cosines[column]) { count += 1 }
        let share = 1 / Float(max(1, count))
        var loss: Float = 0
        for column in cosines.indices {
            let cosine = cosines[column]
            let excess = isTaken(cosine) ? margin - 1 + cosine : 0
            if excess <= 0 {
                cosines[column] = 0
                continue
            }
            loss += 0.5 * share * excess * excess
            cosines[column] = weight * share * excess
        }
        for positive in positives where selection == .all || !(positive.cosine >= nearest) {
            let distance = 1 - positive.cosine
            loss += 0.5 * positive.weight * distance * distance
            cosines[positive.column] = -weight * positive.weight * distance
        }
        return loss
    }
}
