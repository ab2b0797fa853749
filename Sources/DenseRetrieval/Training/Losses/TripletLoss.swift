/// The triplet loss with a margin on cosine distance, over negatives selected in the batch.
///
/// For a row with positives k of weights tₖ and negatives n, L = Σₖ tₖ meanₙ max(0, cos(q, dₙ) − cos(q, dₖ) + m): Schroff, Kalenichenko,
/// Philbin: FaceNet, 2015, section 3.1, with 1 − cos as the distance. `all` takes the mean over all negatives; `hardest` the negative with
/// the highest cosine (Faghri et al.: VSE++, 2018, section 3.2); `semiHard` the highest cosine below the positive's, and where there is none
/// the lowest of all (FaceNet, section 3.2; the lowest as in sentence-transformers' BatchSemiHardTripletLoss).
struct TripletLoss: RowLoss {
    /// m.
    let margin: Float
    let selection: NegativeSelection

    func apply(
        _ row: Int, _ cosines: inout MutableSpan<Float>, judgements: BatchJudgements, weight: Float
    ) -> Float {
        let positives = takePositives(row, &cosines, judgements: judgements)
        if selection == .all { return applyToAll(positives, &cosines, weight: weight) }
        var loss: Float = 0
        var steps: [(column: Int, amount: Float)] = []
        for positive in positives {
            guard let negative = selected(cosines, positive: positive.cosine) else { continue }
            let excess = cosines[negative] - positive.cosine + margin
            if excess <= 0 { continue }
            loss += positive.weight * excess
            steps.append((negative, positive.weight))
            steps.append((positive.column, -positive.weight))
        }
        clear(&cosines)
        for step in steps { cosines[step.column] += weight * step.amount }
        return loss
    }

    private func applyToAll(
        _ positives: [(column: Int, cosine: Float, weight: Float)], _ cosines: inout MutableSpan<Float>, weight: Float
    ) -> Float {
        var negatives = 0
        for column in cosines.indices where cosines[column] != -.infinity { negatives += 1 }
        let share = 1 / Float(max(1, negatives))
        var loss: Float = 0
        var pulls = [Float](repeating: 0, count: positives.count)
        for column in cosines.indices {
            let cosine = cosines[column]
            var push: Float = 0
            if cosine != -.infinity {
                for (place, positive) in positives.enumerated() {
                    let excess = cosine - positive.cosine + margin
                    if excess <= 0 { continue }
                    loss += positive.weight * share * excess
                    push += positive.weight * share
                    pulls[place] += positive.weight * share
                }
            }
            cosines[column] = weight * push
        }
        for (positive, pull) in zip(positives, pulls) { cosines[positive.column] = -weight * pull }
        return loss
    }

    /// The first of equal columns; nil where there is no negative.
    private func selected(_ cosines: borrowing MutableSpan<Float>, positive: Float) -> Int? {
        var highest: Int?
        var lowest: Int?
        for column in cosines.indices {
            let cosine = cosines[column]
            if cosine == -.infinity { continue }
            if lowest.map({ cosine < cosines[$0] }) ?? true { lowest = column }
            if selection == .semiHard, cosine >= positive { continue }
            if highest.map({ cosine > cosines[$0] }) ?? true { highest = column }
        }
        return highest ?? lowest
    }
}
