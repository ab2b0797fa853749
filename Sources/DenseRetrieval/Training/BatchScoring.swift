import NumericKernels

/// Scores a batch's unit vectors, whole or shortened, and carries the loss back to them.
struct BatchScoring: Sendable {
    /// ∂L/∂ log τ of the last run.
    private(set) var temperatureSlope = 0.0
    private var scores = ScoreBackpropagation()
    private var losses: [Float] = []
    private var reverseLosses: [Float] = []
    private var unit = Matrix(rows: 0, columns: 0)
    private var unitGradient = Matrix(rows: 0, columns: 0)
    private var norms: [Float] = []

    /// The loss of a batch; fills `gradient` with its slope times `share` for the unit rows `vectors`, queries first.
    ///
    /// With prefixes it is the mean of the losses of the whole vectors and of each prefix, scaled to length 1 again (Kusupati et al.:
    /// Matryoshka Representation Learning, NeurIPS 2022, equation 1, with equal weights that sum to 1).
    mutating func run(
        _ batch: ContrastiveBatch, vectors: Matrix, objective: TrainingObjective, temperature: Double,
        share whole: Float = 1, gradient: inout Matrix, threads: Int, engine: ProductEngine
    ) -> Double {
        let loss = objective.loss(temperature: temperature)
        let reverse = objective.symmetric ? batch.judgements.transposed(columns: batch.positiveColumns) : nil
        let prefixes = objective.prefixes.filter { $0 < vectors.columns }
        let share = whole / Float(1 + prefixes.count)
        let queries = batch.queries.count
        var value = run(
            batch, vectors: vectors, loss: loss, reverse: reverse, share: share, gradient: &gradient, threads: threads,
            engine: engine)
        temperatureSlope = Self.slope(vectors, gradient, queries: queries)
        for columns in prefixes {
            var prefix = Matrix(rows: 0, columns: 0)
            var slope = Matrix(rows: 0, columns: 0)
            swap(&prefix, &unit)
            swap(&slope, &unitGradient)
            prefix.takePrefix(of: vectors, columns: columns, threads: threads)
            RowNormalization.normalize(&prefix, norms: &norms, threads: threads)
            value += run(
                batch, vectors: prefix, loss: loss, reverse: reverse, share: share, gradient: &slope, threads: threads,
                engine: engine)
            temperatureSlope += Self.slope(prefix, slope, queries: queries)
            RowNormalization.backpropagate(unit: prefix, norms: norms, gradient: &slope, threads: threads)
            gradient.addPrefix(slope, threads: threads)
            swap(&prefix, &unit)
            swap(&slope, &unitGradient)
        }
        return value / Double(1 + prefixes.count)
    }

    /// The loss of unit rows in one or both directions; its slope is filled in times `share`.
    private mutating func run(
        _ batch: ContrastiveBatch, vectors: Matrix, loss: any RowLoss, reverse: BatchJudgements?, share: Float,
        gradient: inout Matrix, threads: Int, engine: ProductEngine
    ) -> Double {
        let queries = batch.queries.count
        let directions: Float = reverse == nil ? 1 : 2
        let weight = share / (directions * Float(queries))
        scores.run(
            vectors: vectors, queries: queries, gradient: &gradient, losses: &losses, threads: threads, engine: engine
        ) { row, scores in loss.apply(row, &scores, judgements: batch.judgements, weight: weight) }
        let value = losses.reduce(0.0) { $0 + Double($1) } / Double(queries)
        guard let reverse else { return value }
        let documents = batch.positiveColumns
        let back = share / (directions * Float(documents))
        scores.run(
            vectors: vectors, from: queries..<(queries + documents), to: 0..<queries, adding: true,
            gradient: &gradient, losses: &reverseLosses, threads: threads, engine: engine
        ) { row, scores in loss.apply(row, &scores, judgements: reverse, weight: back) }
        return (value + reverseLosses.reduce(0.0) { $0 + Double($1) } / Double(documents)) / 2
    }

    /// ∂L/∂ log τ: with q̂ᵢ · ∂L/∂q̂ᵢ = Σⱼ cos(i, j) ∂L/∂cos(i, j) the queries' gradients have it.
    private static func slope(_ vectors: Matrix, _ gradient: Matrix, queries: Int) -> Double {
        (0..<queries).reduce(0.0) { sum, row in
            sum
                - Double(
                    vectors.withRow(row) { vector in
                        gradient.withRow(row) { VectorKernels.best.dot(vector, $0) }
                    })
        }
    }
}
