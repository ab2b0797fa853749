import Essentials

/// The Kullback-Leibler divergence of the softmax of the cosines from the softmax of a teacher's scores.
///
/// L = Σⱼ Pⱼ (log Pⱼ − log pⱼ) over the columns j that have a teacher's score T, with P = softmax(T/τ′) and p = softmax(cos/τ): the loss of
/// sentence-transformers' DistillKLDivLoss, with a temperature for each side and no factor for it; Hinton, Vinyals, Dean: Distilling the
/// Knowledge in a Neural Network, 2015, section 2. Its gradient is (pⱼ − Pⱼ)/τ. A row with fewer than two scores has loss 0.
struct TeacherDivergence: RowLoss {
    /// 1/τ.
    let scale: Float
    /// 1/τ′.
    let teacherScale: Float

    init(temperature: Double, teacherTemperature: Double) {
        scale = Float(1 / temperature)
        teacherScale = Float(1 / teacherTemperature)
    }

    func apply(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements, weight: Float
    ) -> Float {
        let scored = judgements.scored[row]
        let student = logSoftmax(scored.map { scale * cosines[$0.column] })
        let teacher = logSoftmax(scored.map { teacherScale * $0.score })
        clear(&cosines)
        if scored.count < 2 { return 0 }
        var loss: Float = 0
        for (entry, (p, wanted)) in zip(scored, zip(student, teacher)) {
            let share = exp(wanted)
            loss += share * (wanted - p)
            cosines[entry.column] = weight * scale * (exp(p) - share)
        }
        return loss
    }

    private func logSoftmax(_ logits: [Float]) -> [Float] {
        let top = logits.max() ?? 0
        let total = log(logits.reduce(0) { $0 + exp($1 - top) })
        return logits.map { $0 - top - total }
    }
}
