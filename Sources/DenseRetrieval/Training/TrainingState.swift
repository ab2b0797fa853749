import NumericKernels

/// The weights in training and the memory of a step.
struct TrainingState: Sendable {
    /// One optimizer where the towers are shared, else the query tower's and the document tower's.
    private(set) var optimizers: [SparseOptimizer]
    private(set) var steps = 0
    private var vectors = Matrix(rows: 0, columns: 0)
    private var gradient = Matrix(rows: 0, columns: 0)
    private var norms: [Float] = []
    private var scoring = BatchScoring()
    /// Whether a vector of the last step was too long for a number.
    private(set) var overflows = false
    /// The temperature if it is learnt; nil before the first step and where it is fixed.
    private(set) var temperature: LearntTemperature?

    init(_ model: DualEncoder, options: TrainingOptions = TrainingOptions()) {
        let tables =
            switch model.towers {
            case .shared: [model.documentEncoder.table]
            case .separate: [model.queryEncoder.table, model.documentEncoder.table]
            }
        optimizers = tables.map {
            SparseOptimizer(table: $0, kind: options.optimizer, weightDecay: options.effectiveWeightDecay)
        }
    }

    /// The table of each tower.
    var tables: [Matrix] { optimizers.map(\.table) }

    /// The table that encodes queries.
    var queryTable: Matrix { optimizers[0].table }

    /// The table that encodes documents.
    var documentTable: Matrix { optimizers[optimizers.count - 1].table }

    /// All that a step depends on, for a checkpoint.
    var matrices: [Matrix] { optimizers.flatMap(\.matrices) }

    /// Takes up what a checkpoint of the same shapes holds.
    mutating func restore(_ matrices: [Matrix], steps: Int, temperature: LearntTemperature?) {
        let each = matrices.count / optimizers.count
        for place in optimizers.indices {
            optimizers[place].matrices = Array(matrices[(place * each)..<((place + 1) * each)])
        }
        self.steps = steps
        self.temperature = temperature
    }

    /// Whether all weights are numbers.
    ///
    /// Complexity: linear in the tables.
    var isFinite: Bool {
        optimizers.map(\.table).allSatisfy { table in
            (0..<table.rows).allSatisfy { row in
                table.withRow(row) { VectorKernels.best.dot($0, $0).isFinite }
            }
        }
    }

    /// One step on a batch; returns its mean loss.
    mutating func step(
        _ batch: ContrastiveBatch, set: TrainingSet, objective: TrainingObjective, rate: Double, weightRate: Double = 0,
        temperatureRate: Double = 0, threads: Int, engine: ProductEngine = .platform
    ) -> Float {
        let queries = batch.queries.count
        steps += 1
        // A positive without any other document has loss 0 and gradient 0.
        if batch.documents.count < 2 { return 0 }
        if temperatureRate > 0, temperature == nil { temperature = LearntTemperature(objective.temperature) }
        let value = backpropagate(batch, set: set, objective: objective, threads: threads, engine: engine)
        temperature?.step(steps, rate: temperatureRate, slope: scoring.temperatureSlope)
        let queryGroup = SparseRows.Group(bags: set.queryBags, texts: batch.queries, firstRow: 0)
        let documentGroup = SparseRows.Group(bags: set.documentBags, texts: batch.documents, firstRow: queries)
        if optimizers.count == 1 {
            optimizers[0].step(
                steps, rate: rate, weightRate: weightRate, groups: [queryGroup, documentGroup], gradient: gradient,
                threads: threads)
        } else {
            optimizers[0].step(
                steps, rate: rate, weightRate: weightRate, groups: [queryGroup], gradient: gradient, threads: threads)
            optimizers[1].step(
                steps, rate: rate, weightRate: weightRate, groups: [documentGroup], gradient: gradient, threads: threads
            )
        }
        return value
    }

    /// The mean loss of a batch; leaves the gradient of every text's mean row behind.
    private mutating func backpropagate(
        _ batch: ContrastiveBatch, set: TrainingSet, objective: TrainingObjective, threads: Int,
        engine: ProductEngine
    ) -> Float {
        let queries = batch.queries.count
        vectors.reshape(rows: queries + batch.documents.count, columns: documentTable.columns)
        vectors.gatherMeans(of: batch.queries, in: set.queryBags, from: queryTable, at: 0, threads: threads)
        vectors.gatherMeans(
            of: batch.documents, in: set.documentBags, from: documentTable, at: queries, threads: threads)
        RowNormalization.normalize(&vectors, norms: &norms, threads: threads)
        overflows = !norms.allSatisfy(\.isFinite)
        let value = scoring.run(
            batch, vectors: vectors, objective: objective, temperature: temperature?.value ?? objective.temperature,
            gradient: &gradient, threads: threads, engine: engine)
        RowNormalization.backpropagate(unit: vectors, norms: norms, gradient: &gradient, threads: threads)
        return Float(value)
    }
}
