/// The squared error of the differences between a positive's and a negative's score against a teacher's.
///
/// L = Σₖ tₖ meanₙ ( (s(q, dₖ) − s(q, dₙ)) − (T(q, dₖ) − T(q, dₙ)) )² over positives k of weights tₖ and negatives n that have a teacher's
/// score T, with s = cos/τ: Hofstätter et al.: Improving Efficient Neural Ranking Models with Cross-Architecture Knowledge Distillation,
/// 2020, section 3. A row without a scored positive and a scored negative has loss 0.
struct MarginMSE: RowLoss {
    /// 1/τ.
    let scale: Float

    init(temperature: Double) { scale = Float(1 / temperature) }

    func apply(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements, weight: Float
    ) -> Float {
        let scored = judgements.scored[row]
        // How far the student is above the teacher, for each scored column.
        let lead = scored.map { scale * cosines[$0.column] - $0.score }
        clear(&cosines)
        let negatives = scored.reduce(0) { $0 + ($1.weight == 0 ? 1 : 0) }
        let share = 1 / Float(max(1, negatives))
        var loss: Float = 0
        for (positive, positiveLead) in zip(scored, lead) where positive.weight > 0 {
            for (negative, negativeLead) in zip(scored, lead) where negative.weight == 0 {
                let error = positiveLead - negativeLead
                loss += positive.weight * share * error * error
                let slope = 2 * weight * positive.weight * share * scale * error
                cosines[positive.column] += slope
                cosines[negative.column] -= slope
            }
        }
        return loss
    }
}
